package io.mcpguard.spring;

import io.mcpguard.core.audit.AuditTrail;

/**
 * Watches what a guard records: since no call goes without a record, who sees the trail sees every call.
 *
 * @since 0.1
 */
public interface TrailObserver {

    /**
     * Puts itself in front of the trail.
     *
     * @param trail where records go
     * @return a trail that passes everything on, and fails when that one does
     */
    AuditTrail watching(AuditTrail trail);
}
