package io.mcpguard.jdbc;

import io.mcpguard.audit.AuditEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Puts the events of a batch into the tables, all of them or none, and those that are there already not again.
 *
 * <p>What is there is asked for instead of ignored while inserting: {@code INSERT IGNORE} of MariaDB also ignores a text that does
 * not fit, and no count of rows tells which of a batch were new. Should somebody else insert the same event in between, the key
 * refuses the batch, and it is offered again.
 */
record Batch(AuditTables tables, Database database, int seconds) {

    private static final Comparator<AuditEvent> BY_TIME = Comparator.comparing(AuditEvent::time);

    void insert(Connection connection, List<AuditEvent> events) throws SQLException {
        Map<UUID, AuditEvent> missing = new LinkedHashMap<>();
        events.forEach(event -> missing.putIfAbsent(event.id(), event));
        missing.keySet().removeAll(present(connection, missing.values()));
        if (missing.isEmpty()) {
            return;
        }
        try (PreparedStatement rows = connection.prepareStatement(EventRow.insert(tables))) {
            database.limit(rows, seconds);
            for (AuditEvent event : missing.values()) {
                EventRow.set(rows, database, event);
                rows.addBatch();
            }
            rows.executeBatch();
        }
        insertArguments(connection, missing.values());
    }

    private void insertArguments(Connection connection, Collection<AuditEvent> events) throws SQLException {
        try (PreparedStatement rows = connection.prepareStatement(ArgumentRow.insert(tables))) {
            database.limit(rows, seconds);
            boolean any = false;
            for (AuditEvent event : events) {
                for (ArgumentRow row : ArgumentRow.of(event)) {
                    rows.setObject(1, database.id(event.id()));
                    rows.setObject(2, EventRow.time(event.time()));
                    rows.setInt(3, row.ordinal());
                    rows.setString(4, row.pointer());
                    rows.setString(5, row.kept());
                    rows.setString(6, row.pieceOf());
                    rows.addBatch();
                    any = true;
                }
            }
            if (any) {
                rows.executeBatch();
            }
        }
    }

    /** The time is asked for too, so that only those partitions are searched that may have the events. */
    private Set<UUID> present(Connection connection, Collection<AuditEvent> events) throws SQLException {
        String marks = String.join(", ", Collections.nCopies(events.size(), "?"));
        Set<UUID> present = new HashSet<>();
        try (PreparedStatement question = connection.prepareStatement("SELECT event_id FROM " + tables.events()
                + " WHERE event_id IN (" + marks + ") AND time_utc BETWEEN ? AND ?")) {
            database.limit(question, seconds);
            int i = 1;
            for (AuditEvent event : events) {
                question.setObject(i++, database.id(event.id()));
            }
            question.setObject(
                    i++, EventRow.time(Collections.min(events, BY_TIME).time()));
            question.setObject(i, EventRow.time(Collections.max(events, BY_TIME).time()));
            try (ResultSet rows = question.executeQuery()) {
                while (rows.next()) {
                    present.add(UUID.fromString(rows.getString(1)));
                }
            }
        }
        return present;
    }
}
