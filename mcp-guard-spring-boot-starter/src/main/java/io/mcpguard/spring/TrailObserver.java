package io.mcpguard.spring;

import io.mcpguard.audit.AuditEvent;
import java.time.Duration;

/**
 * Watches what a guard records: since no call goes without a record, who sees the trail sees every call.
 *
 * <p>Told on the thread of the call, by many at once, so it is quick and waits for nothing. What it throws is logged and changes
 * nothing: a record that is written is written.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface TrailObserver {

    /**
     * Hears of a record.
     *
     * @param event the record
     * @param waited how long the call waited for it
     * @param kept false when it could not be written
     */
    void recorded(AuditEvent event, Duration waited, boolean kept);
}
