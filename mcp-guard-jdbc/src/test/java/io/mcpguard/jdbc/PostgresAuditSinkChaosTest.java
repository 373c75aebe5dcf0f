package io.mcpguard.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditSink;
import io.mcpguard.error.AuditWriteException;
import io.mcpguard.testkit.FaultProxy;
import io.mcpguard.testkit.contract.AuditSinkChaosContract;
import io.mcpguard.testkit.contract.SinkFault;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** PostgreSQL behind a network that breaks, and PostgreSQL that is killed. */
class PostgresAuditSinkChaosTest extends AuditSinkChaosContract {

    private final String table = TestDatabase.newTable();
    private final FaultProxy proxy =
            FaultProxy.to(new InetSocketAddress(InetAddress.getLoopbackAddress(), Databases.postgresPort()));

    @AfterEach
    void closeProxy() {
        proxy.close();
    }

    @Override
    protected AuditSink newSink() {
        return JdbcAuditSink.builder(Databases.postgres(proxy.address().getPort(), "postgres"))
                .table(table)
                .createTables()
                .build();
    }

    @Override
    protected List<SinkFault> faults() {
        return SinkFault.overTcp(proxy);
    }

    @Override
    protected List<UUID> received() {
        return Databases.postgres().ask("SELECT event_id FROM " + table + " ORDER BY arrival").stream()
                .map(row -> UUID.fromString(row.get(0)))
                .toList();
    }

    @Override
    protected Duration patience() {
        return Duration.ofMillis(700);
    }

    @Override
    protected Duplicates duplicates() {
        return Duplicates.NEVER;
    }

    /** The kill of one backend makes the server end all of them and recover from its log, as after the loss of the whole process. */
    @Test
    void a_server_killed_in_mid_batch_has_all_of_it_or_none_and_each_event_once() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(
                        Path.of("target/databases/killed").toAbsolutePath().toFile())
                .start()) {
            TestDatabase database = new TestDatabase(Databases.postgres(server.getPort(), "postgres"), "", "postgres");
            List<AuditEvent> first = SomeEvents.events(10);
            List<AuditEvent> second = SomeEvents.events(200);
            try (AuditSink sink = database.sink(table);
                    Connection locking = database.source().getConnection()) {
                sink.write(first);
                lockArguments(locking);
                CompletableFuture<Void> batch = CompletableFuture.runAsync(() -> sink.write(second));
                killWaitingBackend(database);

                assertThatThrownBy(() -> batch.get(10, TimeUnit.SECONDS))
                        .isInstanceOf(ExecutionException.class)
                        .hasCauseInstanceOf(AuditWriteException.class);
                Awaitility.await()
                        .ignoreExceptions()
                        .until(() -> !database.ask("SELECT 1").isEmpty());
                assertThat(count(database)).isEqualTo(10);

                sink.write(second);
                sink.write(second);
            }
            assertThat(count(database)).isEqualTo(210);
            assertThat(database.ask("SELECT event_id FROM " + table + "_argument"))
                    .hasSize(210);
        }
    }

    /** So that the batch stands between its two tables. */
    private void lockArguments(Connection locking) throws SQLException {
        locking.setAutoCommit(false);
        try (Statement statement = locking.createStatement()) {
            statement.execute("LOCK TABLE " + table + "_argument IN EXCLUSIVE MODE");
        }
    }

    private void killWaitingBackend(TestDatabase database) {
        String waiting = "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock'";
        Awaitility.await().until(() -> !database.ask(waiting).isEmpty());
        long pid = Long.parseLong(database.ask(waiting).get(0).get(0));
        assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
    }

    private int count(TestDatabase database) {
        return database.ask("SELECT event_id FROM " + table).size();
    }
}
