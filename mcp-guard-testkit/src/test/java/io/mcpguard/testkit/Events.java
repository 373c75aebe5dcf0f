package io.mcpguard.testkit;

import io.mcpguard.audit.AuditCaller;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditResult;
import io.mcpguard.audit.AuditSource;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.AuditVerdict;
import io.mcpguard.audit.Channel;
import io.mcpguard.audit.Stage;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Audit events of which only the stage matters. */
final class Events {

    private Events() {}

    static AuditEvent at(Stage stage) {
        return new AuditEvent(
                UUID.randomUUID(),
                UUID.randomUUID(),
                stage,
                Instant.parse("2026-01-01T12:00:00Z"),
                Channel.MCP,
                "tools/call",
                AuditTarget.unknown(),
                AuditCaller.anonymous(),
                new AuditVerdict(true, "allowed", "grant:orders", Optional.empty()),
                AuditResult.pending(),
                AuditSource.of("192.0.2.1", 0),
                Map.of(),
                Optional.empty());
    }
}
