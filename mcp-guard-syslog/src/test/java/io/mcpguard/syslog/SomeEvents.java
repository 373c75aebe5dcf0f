package io.mcpguard.syslog;

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
import io.mcpguard.core.format.JournalJsonFormat;
import io.mcpguard.core.format.SyslogFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/** Events of tests, each different, and the formats they are sent in. */
final class SomeEvents {

    /** The number for examples (RFC 5612). */
    static final long ENTERPRISE_NUMBER = 32473;

    static final SyslogFormat FORMAT =
            new SyslogFormat(AuditReporter.of("orders").onNode("node-1"), ENTERPRISE_NUMBER);

    /** Everything of an event, so that it can be read back. */
    static final SyslogFormat WHOLE = FORMAT.withMaxBytes(64 * 1024).carrying(new JournalJsonFormat());

    /** What callers may send: several octets a character, what has to be escaped, what would end a line. */
    private static final String NASTY = "Zürich \u20ac \ud83d\ude00 \"q\" ] \\ 12 <13>\n";

    private SomeEvents() {}

    static List<AuditEvent> events(int from, int count) {
        return IntStream.range(from, from + count).mapToObj(SomeEvents::event).toList();
    }

    static List<UUID> ids(List<AuditEvent> events) {
        return events.stream().map(AuditEvent::id).toList();
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
                AuditSource.of("192.0.2.7", 4711),
                Map.of("/path/orderId", "hmac-sha256:k1:abc"),
                Optional.empty());
    }

    /** The event in a message of {@link #WHOLE}. */
    static AuditEvent parse(String message) {
        try {
            return AuditEventJson.parse(message.substring(message.indexOf("] {") + 2));
        } catch (MalformedRecordException e) {
            throw new AssertionError(message, e);
        }
    }
}
