package io.mcpguard.otel;

import io.mcpguard.audit.AuditCaller;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditReporter;
import io.mcpguard.audit.AuditResult;
import io.mcpguard.audit.AuditSource;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.AuditVerdict;
import io.mcpguard.audit.Channel;
import io.mcpguard.audit.Stage;
import io.mcpguard.core.audit.AuditEventJson;
import io.mcpguard.core.audit.MalformedRecordException;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/** Events of tests, each different. */
final class SomeEvents {

    static final AuditReporter REPORTER =
            AuditReporter.of("orders").onNode("node-1").atVersion("2.4.0").inEnvironment("test");

    /** What callers may send: several octets a character, what has to be escaped, what would end a line. */
    private static final String NASTY = "Zürich \u20ac \ud83d\ude00 \"q\" ] \\ 12 <13>\n";

    private SomeEvents() {}

    static List<AuditEvent> events(int from, int count) {
        return IntStream.range(from, from + count).mapToObj(SomeEvents::event).toList();
    }

    static AuditEvent event(int number) {
        return new AuditEvent(
                new UUID(0x0190_0000_0000_7000L, 0x8000_0000_0000_0000L + number),
                new UUID(0x0190_0000_0000_7001L, 0x8000_0000_0000_0000L + number),
                Stage.OUTCOME,
                Instant.parse("2026-01-01T12:00:00Z").plusMillis(number),
                Channel.MCP,
                "tools/call",
                new AuditTarget("getOrder", "GET /orders/{orderId}"),
                new AuditCaller("claude", "reader", "7", Optional.of(NASTY + number), Optional.of("k1")),
                new AuditVerdict(true, "allowed", "grant:orders", Optional.empty()),
                AuditResult.ofStatus(200, Duration.ofMillis(3)),
                new AuditSource(
                        "192.0.2.7",
                        4711,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")),
                Map.of("/path/orderId", "hmac-sha256:k1:abc"),
                Optional.empty());
    }

    /** The event in the body of a record. */
    static AuditEvent parse(LogRecord record) {
        try {
            return AuditEventJson.parse(record.getBody().getStringValue());
        } catch (MalformedRecordException e) {
            throw new AssertionError(record.toString(), e);
        }
    }

    /** The id that a receiver finds in a record. */
    static UUID id(LogRecord record) {
        return record.getAttributesList().stream()
                .filter(one -> one.getKey().equals("audit.record.id"))
                .map(one -> UUID.fromString(one.getValue().getStringValue()))
                .findFirst()
                .orElseThrow();
    }
}
