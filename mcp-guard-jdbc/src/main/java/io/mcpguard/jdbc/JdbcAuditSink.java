package io.mcpguard.jdbc;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditSink;
import io.mcpguard.error.AuditWriteException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Keeps events in two tables of H2, PostgreSQL or MariaDB, which docs/audit-jdbc.md describes.
 *
 * <p>A batch is one transaction, so returning means that the database has committed all of it. An event that is handed over again is
 * recognized by its id, the key of the table, and every part of it can be read back: what does not fit into its column is whole in
 * the second table, and a character that the database does not have is escaped. A batch that is not done after four seconds is
 * broken off. Messages of failures hold codes and advice, and nothing of an event.
 *
 * <p>For one thread at a time. The data source is not closed with the sink.
 *
 * @since 0.1
 */
public final class JdbcAuditSink implements AuditSink {

    private static final Duration PATIENCE = Duration.ofSeconds(4);

    /** How many transactions may be stuck in a driver that does not let go of them before no further one is begun. */
    private static final int MOST_STUCK = 3;

    private final DataSource source;
    private final AuditTables tables;
    private final boolean creating;
    private final List<Attempt> stuck = new ArrayList<>();
    private volatile @Nullable Batch batch;
    private boolean closed;

    private JdbcAuditSink(Builder builder) {
        this.source = builder.source;
        this.tables = new AuditTables(builder.table);
        this.creating = builder.creating;
    }

    /**
     * Begins a sink.
     *
     * @param source where connections come from, best a small pool of its own; asked for one with each batch
     * @return a builder
     */
    public static Builder builder(DataSource source) {
        return new Builder(source);
    }

    @Override
    public void write(List<AuditEvent> events) {
        if (closed) {
            throw new IllegalStateException("the audit sink for the table " + tables.events() + " is closed");
        }
        stuck.removeIf(attempt -> !attempt.isRunning());
        if (stuck.size() >= MOST_STUCK) {
            throw failed(
                    "the driver does not let go of " + MOST_STUCK
                            + " connections that were broken off; set timeouts for its sockets as docs/audit-jdbc.md says",
                    null);
        }
        Attempt attempt = new Attempt(source, connection -> insert(connection, events));
        try {
            attempt.run(PATIENCE);
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            throw failed(SqlFailure.words(cause), SqlFailure.withoutValues(cause));
        } catch (TimeoutException e) {
            stuck.add(attempt);
            throw failed(
                    "no answer within " + PATIENCE.toSeconds() + " seconds; look at the network and the server", null);
        } catch (InterruptedException e) {
            stuck.add(attempt);
            Thread.currentThread().interrupt();
            throw failed("interrupted while waiting for the database", null);
        }
    }

    /** On the attempt's thread; the next one begins after this has ended or was given up. */
    private void insert(Connection connection, List<AuditEvent> events) throws SQLException {
        Batch known = batch;
        int seconds = (int) PATIENCE.toSeconds();
        if (known == null) {
            Database database = Database.of(connection);
            database.check(connection);
            if (creating) {
                database.limit(connection, seconds);
                tables.create(connection, database);
                connection.commit();
            }
            known = new Batch(tables, database, seconds);
        }
        known.database().limit(connection, seconds);
        known.insert(connection, events);
        batch = known;
    }

    private AuditWriteException failed(String what, @Nullable Exception cause) {
        // The next batch looks at the database again: it may be another one by then, or without the tables.
        batch = null;
        return new AuditWriteException("the audit table " + tables.events() + " does not take events: " + what, cause);
    }

    @Override
    public void close() {
        closed = true;
    }

    /**
     * What there is to say about a sink.
     *
     * @since 0.1
     */
    public static final class Builder {

        private final DataSource source;
        private String table = AuditTables.DEFAULT_NAME;
        private boolean creating;

        private Builder(DataSource source) {
            this.source = Objects.requireNonNull(source, "source");
        }

        /**
         * Names the table, by default {@code mcp_guard_audit}. The second table has the same name with {@code _argument} behind it.
         *
         * @param name letters, digits and underscores, at most 40, with a schema and a dot before it where it is needed
         * @return this
         */
        public Builder table(String name) {
            this.table = Objects.requireNonNull(name, "name");
            return this;
        }

        /**
         * Lets the sink make tables and indexes that are not there, with the first batch. By default it does not, and its user
         * needs no right but to insert and to read.
         *
         * @return this
         */
        public Builder createTables() {
            this.creating = true;
            return this;
        }

        /**
         * Makes the sink. The database is first asked for with the first batch, and may be down until then.
         *
         * @return a sink
         * @throws io.mcpguard.error.ConfigurationException when the table has no name that can be used
         */
        public JdbcAuditSink build() {
            return new JdbcAuditSink(this);
        }
    }
}
