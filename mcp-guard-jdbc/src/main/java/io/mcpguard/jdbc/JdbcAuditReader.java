package io.mcpguard.jdbc;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditQuery;
import io.mcpguard.audit.AuditReader;
import io.mcpguard.error.StoreUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;

/**
 * Reads events from the tables of {@link JdbcAuditSink}.
 *
 * <p>The database narrows down by every criterion of a query but the text, and {@link AuditQuery#test} decides on what is left.
 * Events come in the order in which they were kept, which for those of one chain is the order of writing; several nodes may have
 * kept theirs in turns. Each stream has a connection and a read-only transaction of its own until it is closed.
 *
 * @since 0.1
 */
public final class JdbcAuditReader implements AuditReader {

    private final DataSource source;
    private final AuditTables tables;

    /**
     * Makes a reader of the tables that a sink uses unless it is told otherwise.
     *
     * @param source where connections come from
     */
    public JdbcAuditReader(DataSource source) {
        this(source, AuditTables.DEFAULT_NAME);
    }

    /**
     * Makes a reader.
     *
     * @param source where connections come from
     * @param table name of the table as the sink was told it
     * @throws io.mcpguard.error.ConfigurationException when that is no name that can be used
     */
    public JdbcAuditReader(DataSource source, String table) {
        this.source = Objects.requireNonNull(source, "source");
        this.tables = new AuditTables(table);
    }

    @Override
    public Stream<AuditEvent> read(AuditQuery query) {
        Objects.requireNonNull(query, "query");
        Opened opened = new Opened();
        try {
            EventRows rows = open(query, opened);
            return StreamSupport.stream(
                            Spliterators.spliteratorUnknownSize(
                                    rows, Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE),
                            false)
                    .filter(query)
                    .onClose(opened::close);
        } catch (SQLException | RuntimeException e) {
            opened.close();
            throw unreadable(tables.events(), e);
        }
    }

    private EventRows open(AuditQuery query, Opened opened) throws SQLException {
        Connection connection = opened.add(source.getConnection());
        Database database = Database.of(connection);
        boolean automatic = connection.getAutoCommit();
        boolean readOnly = connection.isReadOnly();
        connection.setReadOnly(true);
        connection.setAutoCommit(false);
        opened.add(() -> {
            connection.rollback();
            connection.setAutoCommit(automatic);
            connection.setReadOnly(readOnly);
        });
        Narrowing narrowing = new Narrowing(tables, database, query);
        PreparedStatement statement = opened.add(connection.prepareStatement(narrowing.select()));
        database.stream(statement);
        narrowing.set(statement);
        return new EventRows(opened.add(statement.executeQuery()), tables.events());
    }

    static StoreUnavailableException unreadable(String table, Exception failure) {
        return new StoreUnavailableException(
                "the audit table " + table + " cannot be read: " + SqlFailure.words(failure),
                SqlFailure.withoutValues(failure));
    }

    /** What is open, the latest first. */
    private static final class Opened {

        private final Deque<AutoCloseable> resources = new ArrayDeque<>();

        <T extends AutoCloseable> T add(T resource) {
            resources.push(resource);
            return resource;
        }

        /** All of it, whatever fails: what cannot be closed is broken, and its connection with it. */
        void close() {
            while (!resources.isEmpty()) {
                closed(resources.pop());
            }
        }

        private static boolean closed(AutoCloseable resource) {
            try {
                resource.close();
                return true;
            } catch (Exception e) {
                return false;
            }
        }
    }
}
