package io.mcpguard.jdbc;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditReader;
import io.mcpguard.audit.AuditSink;
import io.mcpguard.testkit.contract.AuditReaderContract;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/** The contract of readers, over one database; events are kept by the sink. */
abstract class JdbcAuditReaderContract extends AuditReaderContract {

    private final String table = TestDatabase.newTable();

    abstract TestDatabase database();

    /** A first write makes the tables, and a last delete leaves them empty. */
    @BeforeEach
    void makeTables() {
        try (AuditSink sink = database().sink(table)) {
            sink.write(SomeEvents.events(1));
        }
        database().execute("DELETE FROM " + table, "DELETE FROM " + table + "_argument");
    }

    @Override
    protected List<AuditEvent> keep(List<AuditEvent> events) {
        if (!events.isEmpty()) {
            try (AuditSink sink = database().sink(table)) {
                sink.write(events);
            }
        }
        return events;
    }

    @Override
    protected AuditReader reader() {
        return new JdbcAuditReader(database().source(), table);
    }

    @Override
    protected AuditReader unreachable() {
        return new JdbcAuditReader(database().source(), "not_there");
    }
}
