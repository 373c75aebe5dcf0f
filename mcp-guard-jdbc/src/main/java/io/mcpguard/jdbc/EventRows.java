package io.mcpguard.jdbc;

import io.mcpguard.audit.AuditEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Puts events together from the rows of {@link Narrowing#select()}, which are those of one event after those of another. */
final class EventRows implements Iterator<AuditEvent> {

    private final ResultSet rows;
    private final String table;
    private boolean onRow;
    private boolean started;
    private @Nullable AuditEvent next;

    EventRows(ResultSet rows, String table) {
        this.rows = rows;
        this.table = table;
    }

    @Override
    public boolean hasNext() {
        if (next == null) {
            try {
                next = read();
            } catch (SQLException | RuntimeException e) {
                throw JdbcAuditReader.unreadable(table, e);
            }
        }
        return next != null;
    }

    @Override
    public AuditEvent next() {
        AuditEvent event = hasNext() ? next : null;
        if (event == null) {
            throw new NoSuchElementException();
        }
        next = null;
        return event;
    }

    private @Nullable AuditEvent read() throws SQLException {
        if (!started) {
            started = true;
            onRow = rows.next();
        }
        if (!onRow) {
            return null;
        }
        StoredEvent event = new StoredEvent(rows);
        do {
            event.addPart(rows);
            onRow = rows.next();
        } while (onRow && event.isIn(rows));
        return event.event();
    }
}
