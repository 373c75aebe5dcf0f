package io.mcpguard.jdbc;

import io.mcpguard.audit.AuditQuery;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The part of a query that the database answers: every criterion but the text, which has no index. What comes back holds all that is
 * wanted and perhaps more, since a column may hold the beginning of a text only; {@link AuditQuery#test} decides.
 */
final class Narrowing {

    private final AuditTables tables;
    private final List<String> conditions = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    Narrowing(AuditTables tables, Database database, AuditQuery query) {
        this.tables = tables;
        query.from().ifPresent(from -> add("e.time_utc >= ?", EventRow.time(from)));
        // Not below: an instant between two microseconds is stored as the one before.
        query.to().ifPresent(to -> add("e.time_utc <= ?", EventRow.time(to)));
        query.allowed().ifPresent(allowed -> add("e.allowed = ?", allowed));
        query.stage().ifPresent(stage -> add("e.stage = ?", stage.name()));
        query.call().ifPresent(call -> add("e.call_id = ?", database.id(call)));
        query.lowestStatus().ifPresent(lowest -> add("e.http_status >= ?", lowest));
        query.highestStatus().ifPresent(highest -> add("e.http_status <= ?", highest));
        add(TextColumn.CLIENT_ID, query.client());
        add(TextColumn.PROFILE_ID, query.profile());
        add(TextColumn.OPERATION_ID, query.operation());
        add(TextColumn.PRINCIPAL, query.principal());
        query.arguments().entrySet().forEach(this::add);
    }

    private void add(String condition, Object value) {
        conditions.add(condition);
        values.add(value);
    }

    private void add(TextColumn column, Optional<String> text) {
        text.ifPresent(wanted -> add("e." + column.column() + " = ?", column.stored(wanted)));
    }

    private void add(Map.Entry<String, String> argument) {
        add(
                "e.event_id IN (SELECT w.event_id FROM " + tables.arguments()
                        + " w WHERE w.pointer = ? AND w.kept = ?)",
                StoredText.cut(StoredText.escape(argument.getKey()), ArgumentRow.MOST_POINTER));
        values.add(StoredText.cut(StoredText.escape(argument.getValue()), ArgumentRow.MOST_KEPT));
    }

    /** The rows of the events with their arguments, in the order in which they were kept. */
    String select() {
        return "SELECT e." + String.join(", e.", EventRow.columns()) + ", a.pointer, a.kept, a.piece_of FROM "
                + tables.events() + " e LEFT JOIN " + tables.arguments()
                + " a ON a.event_id = e.event_id AND a.time_utc = e.time_utc"
                + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions))
                + " ORDER BY e.arrival, a.ordinal";
    }

    void set(PreparedStatement statement) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            statement.setObject(i + 1, values.get(i));
        }
    }
}
