package io.mcpguard.testkit.parity;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.Stage;
import io.mcpguard.testkit.LimitMeter.Taking;
import java.util.List;

/**
 * All that one call has left.
 *
 * @param reply what came back
 * @param records what is on record, in order
 * @param takings permits asked for, when a meter was watching
 */
record Observed(Reply reply, List<AuditEvent> records, List<Taking> takings) {

    boolean denied() {
        return !records.isEmpty() && records.get(records.size() - 1).stage() == Stage.DENIED;
    }

    boolean ran() {
        return records.stream().anyMatch(event -> event.stage() == Stage.INTENT);
    }

    /** Code of the refusal on record, empty when the call was let through. */
    String reason() {
        return denied() ? records.get(records.size() - 1).verdict().reason() : "";
    }
}
