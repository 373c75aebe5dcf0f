package io.mcpguard.jdbc;

import io.mcpguard.audit.AuditEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of the second table: an argument, or a piece of a text that does not fit into its column.
 *
 * @param ordinal place among the rows of the event
 * @param pointer JSON Pointer of the argument; null in a row that is a piece
 * @param kept what is kept of the argument's value, or the piece
 * @param pieceOf the column that the piece belongs to; {@code pointer} and {@code kept} are those of the argument before. Null in
 *     a row that is an argument
 */
record ArgumentRow(
        int ordinal,
        @Nullable String pointer,
        String kept,
        @Nullable String pieceOf) {

    /** Both are in one index, which bears no more. */
    static final int MOST_POINTER = 255;

    static final int MOST_KEPT = 400;

    static final String POINTER = "pointer";
    static final String KEPT = "kept";

    static String insert(AuditTables tables) {
        return "INSERT INTO " + tables.arguments()
                + " (event_id, time_utc, ordinal, pointer, kept, piece_of) VALUES (?, ?, ?, ?, ?, ?)";
    }

    /** The rows of an event, in the order in which they are read. */
    static List<ArgumentRow> of(AuditEvent event) {
        List<ArgumentRow> rows = new ArrayList<>();
        for (TextColumn column : TextColumn.values()) {
            column.of(event)
                    .ifPresent(text -> addPieces(rows, column.column(), StoredText.escape(text), column.most()));
        }
        for (Map.Entry<String, String> argument : event.arguments().entrySet()) {
            String pointer = StoredText.escape(argument.getKey());
            String kept = StoredText.escape(argument.getValue());
            rows.add(new ArgumentRow(
                    rows.size(), StoredText.cut(pointer, MOST_POINTER), StoredText.cut(kept, MOST_KEPT), null));
            addPieces(rows, POINTER, pointer, MOST_POINTER);
            addPieces(rows, KEPT, kept, MOST_KEPT);
        }
        return rows;
    }

    private static void addPieces(List<ArgumentRow> rows, String column, String stored, int most) {
        if (stored.length() > most) {
            for (String piece : StoredText.pieces(stored, MOST_KEPT)) {
                rows.add(new ArgumentRow(rows.size(), null, piece, column));
            }
        }
    }
}
