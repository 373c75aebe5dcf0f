package io.mcpguard.core.sink;

import io.mcpguard.audit.AuditCaller;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditResult;
import io.mcpguard.audit.AuditSource;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.AuditVerdict;
import io.mcpguard.audit.Channel;
import io.mcpguard.audit.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/** Events of tests, each different. */
public final class SomeEvents {

    private SomeEvents() {}

    public static List<AuditEvent> events(int count) {
        return IntStream.range(0, count).mapToObj(SomeEvents::event).toList();
    }

    private static AuditEvent event(int number) {
        return new AuditEvent(
                new UUID(0x0190_0000_0000_7000L, 0x8000_0000_0000_0000L + number),
                new UUID(0x0190_0000_0000_7001L, 0x8000_0000_0000_0000L + number),
                Stage.OUTCOME,
                Instant.parse("2026-01-01T12:00:00Z").plusMillis(number),
                Channel.MCP,
                "tools/call",
                new AuditTarget("getOrder", "GET /orders/{orderId}"),
                AuditCaller.anonymous(),
                new AuditVerdict(true, "allowed", "grant:orders", Optional.empty()),
                AuditResult.ofStatus(200, Duration.ofMillis(3)),
                AuditSource.of("192.0.2.7", 4711),
                Map.of("/path/orderId", "hmac-sha256:k1:Zürich\n"),
                Optional.empty());
    }
}
