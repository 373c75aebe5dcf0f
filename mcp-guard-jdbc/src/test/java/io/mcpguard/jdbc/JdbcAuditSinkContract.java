package io.mcpguard.jdbc;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditQuery;
import io.mcpguard.audit.AuditSink;
import io.mcpguard.testkit.contract.AuditSinkContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** The contract of sinks, over one database; what is kept is read through the reader. */
abstract class JdbcAuditSinkContract extends AuditSinkContract {

    private final String table = TestDatabase.newTable();
    private @Nullable ServerSocket silent;

    abstract TestDatabase database();

    /** A source whose server takes connections and says nothing. */
    abstract Optional<DataSource> sourceAt(int port);

    @Override
    protected AuditSink newSink() {
        return database().sink(table);
    }

    @Override
    protected List<AuditEvent> kept() {
        if (database()
                .ask("SELECT 1 FROM information_schema.tables WHERE lower(table_name) = '" + table + "'")
                .isEmpty()) {
            return List.of();
        }
        try (Stream<AuditEvent> events =
                new JdbcAuditReader(database().source(), table).read(AuditQuery.everything())) {
            return events.toList();
        }
    }

    /** Its table is not there, and it may not make it. */
    @Override
    protected AuditSink failingSink() {
        return JdbcAuditSink.builder(database().source()).table(table).build();
    }

    @Override
    protected Optional<AuditSink> hangingSink() {
        ServerSocket socket;
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        silent = socket;
        return sourceAt(socket.getLocalPort())
                .map(source -> JdbcAuditSink.builder(source).build());
    }

    @AfterEach
    void stopListening() throws IOException {
        if (silent != null) {
            silent.close();
        }
    }
}
