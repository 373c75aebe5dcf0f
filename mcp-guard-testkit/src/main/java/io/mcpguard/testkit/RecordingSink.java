package io.mcpguard.testkit;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditSink;
import io.mcpguard.audit.Stage;
import io.mcpguard.error.AuditWriteException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * An audit sink that keeps events in memory, and fails when the test says so.
 *
 * <p>Safe for use by many threads at once.
 *
 * @since 0.1
 */
public final class RecordingSink implements AuditSink {

    private final Map<UUID, AuditEvent> kept = new LinkedHashMap<>();
    private boolean failing;
    private boolean closed;

    /** Makes a sink that has kept nothing. */
    public RecordingSink() {}

    @Override
    public synchronized void write(List<AuditEvent> events) {
        if (closed) {
            throw new IllegalStateException("the sink is closed");
        }
        if (failing) {
            throw new AuditWriteException("the test has taken the audit sink down", null);
        }
        events.forEach(event -> kept.putIfAbsent(event.id(), event));
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    /**
     * Makes every write fail, or end failing.
     *
     * @param fails whether writes fail from now on
     */
    public synchronized void failing(boolean fails) {
        failing = fails;
    }

    /**
     * Returns what was kept.
     *
     * @return the events in the order they were written, each once
     */
    public synchronized List<AuditEvent> events() {
        return List.copyOf(kept.values());
    }

    /**
     * Returns what was kept of one call.
     *
     * @param callId which call
     * @return its events in the order they were written
     */
    public List<AuditEvent> eventsOf(UUID callId) {
        return events().stream().filter(event -> event.callId().equals(callId)).toList();
    }

    /**
     * Returns what was kept of one stage.
     *
     * @param stage which stage
     * @return its events in the order they were written
     */
    public List<AuditEvent> eventsAt(Stage stage) {
        return events().stream().filter(event -> event.stage() == stage).toList();
    }
}
