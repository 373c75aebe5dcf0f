package io.mcpguard.core.audit;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.error.AuditWriteException;

/**
 * Takes audit events before the guard goes on.
 *
 * <p>The guard calls this on the thread of the request, before the operation runs and again before the answer leaves, and
 * refuses the call when it throws. Safe for use by many threads at once.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface AuditTrail {

    /**
     * Keeps one event; returning means kept. Waits for no longer than a deadline that belongs to the trail. An interrupt of
     * the calling thread neither shortens the wait nor harms the trail, and is still set when the method returns.
     *
     * @param event the event, without a link
     * @throws AuditWriteException when the event was not kept, or nobody can say in time whether it was
     */
    void append(AuditEvent event);
}
