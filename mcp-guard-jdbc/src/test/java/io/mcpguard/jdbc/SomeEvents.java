package io.mcpguard.jdbc;

import io.mcpguard.audit.AuditCaller;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditResult;
import io.mcpguard.audit.AuditSource;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.AuditVerdict;
import io.mcpguard.audit.ChainLink;
import io.mcpguard.audit.Channel;
import io.mcpguard.audit.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/** Events as the guard writes them. */
final class SomeEvents {

    private static final AtomicLong NUMBERS = new AtomicLong();
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private SomeEvents() {}

    static List<AuditEvent> events(int count) {
        return LongStream.range(0, count)
                .mapToObj(i -> call("claude-assistant", Channel.MCP, "getOrder", NOON.plusMillis(i)))
                .toList();
    }

    static AuditEvent call(String client, Channel channel, String operation, Instant time) {
        return event(client, channel, operation, time, "agent/1.0", Map.of("/path/orderId", "42"));
    }

    /** An event in which a caller has chosen some texts. */
    static AuditEvent saying(String text) {
        return event(text, Channel.MCP, text, NOON, text, Map.of(text, text));
    }

    static AuditEvent fromAgent(String agent) {
        return event("claude-assistant", Channel.MCP, "getOrder", NOON, agent, Map.of());
    }

    private static AuditEvent event(
            String client,
            Channel channel,
            String operation,
            Instant time,
            String agent,
            Map<String, String> arguments) {
        long number = NUMBERS.incrementAndGet();
        return new AuditEvent(
                new UUID(0x0195_0000_0000_7000L, 0x8000_0000_0000_0000L + number),
                new UUID(0x0195_0000_0000_7001L, 0x8000_0000_0000_0000L + number),
                Stage.OUTCOME,
                time,
                channel,
                channel == Channel.MCP ? "tools/call" : "GET",
                new AuditTarget(operation, "GET /api/orders/{orderId}"),
                new AuditCaller(client, "reader", "3", Optional.of("svc"), Optional.of("k1")),
                new AuditVerdict(true, "allowed", "grant:orders", Optional.empty()),
                AuditResult.ofStatus(200, Duration.ofMillis(12)),
                new AuditSource(
                        "192.0.2.1",
                        40_712,
                        Optional.of(agent),
                        Optional.of("claude-code/2.1"),
                        Optional.of("2026-07-28"),
                        Optional.of("1"),
                        Optional.empty()),
                arguments,
                Optional.of(new ChainLink("00000001-aaaaaaaaaaaaaaaa", number, "0".repeat(64), "f".repeat(64))));
    }
}
