package io.mcpguard.jaxrs.testbed;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.Stage;
import io.mcpguard.core.audit.AuditTrail;
import io.mcpguard.error.AuditWriteException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** An audit trail in memory that can be told to fail. */
public final class RecordingTrail implements AuditTrail {

    private final List<AuditEvent> events = new CopyOnWriteArrayList<>();
    private volatile Predicate<AuditEvent> refused = event -> false;

    @Override
    public void append(AuditEvent event) {
        if (refused.test(event)) {
            throw new AuditWriteException("the disk of the test is full", null);
        }
        events.add(event);
    }

    /** From now on every record of a stage fails to be written. */
    public void refuse(Stage stage) {
        refused = event -> event.stage() == stage;
    }

    /** Forgets everything, and fails no more. */
    public void clear() {
        refused = event -> false;
        events.clear();
    }

    public List<AuditEvent> events() {
        return List.copyOf(events);
    }

    public List<Stage> stages() {
        return events.stream().map(AuditEvent::stage).toList();
    }
}
