package io.mcpguard.core.audit;

import io.mcpguard.audit.AuditCaller;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditResult;
import io.mcpguard.audit.AuditSource;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.AuditVerdict;
import io.mcpguard.audit.Channel;
import io.mcpguard.audit.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Makes and reads the events of tests. */
final class Events {

    final SetClock clock = new SetClock();
    final Uuid7 ids;

    Events() {
        this(new Random(7));
    }

    Events(RandomGenerator random) {
        this.ids = new Uuid7(clock, random);
    }

    Journal.Builder journal(Path folder) {
        // A busy build machine may take long; tests of the deadline set their own.
        return Journal.builder(folder, clock, ids).appendDeadline(Duration.ofSeconds(60));
    }

    AuditEvent intent() {
        return event(ids.next(), Stage.INTENT, "getOrder");
    }

    AuditEvent outcome(AuditEvent intent) {
        return event(intent.callId(), Stage.OUTCOME, "getOrder");
    }

    AuditEvent denied() {
        return event(ids.next(), Stage.DENIED, "deleteOrder");
    }

    AuditEvent event(UUID callId, Stage stage, String operation) {
        boolean allowed = stage != Stage.DENIED;
        AuditResult result = stage == Stage.INTENT
                ? AuditResult.pending()
                : AuditResult.ofStatus(allowed ? 200 : 404, Duration.ofMillis(12));
        return new AuditEvent(
                ids.next(),
                callId,
                stage,
                clock.instant(),
                Channel.MCP,
                "tools/call",
                new AuditTarget(operation, "GET /orders/{orderId}"),
                new AuditCaller(
                        "claude", "developer-readonly", "3", Optional.of("svc-claude"), Optional.of("mcpg_live_k1")),
                new AuditVerdict(
                        allowed, allowed ? "allowed" : "operation-not-available", "grant:orders", Optional.empty()),
                result,
                AuditSource.of("127.0.0.1", 40000),
                Map.of("/path/orderId", "hmac-sha256:audit-1:AAAAAAAAAAAAAAAAAAAAAA"),
                Optional.empty());
    }

    /** Waits for something that happens on another thread, on a busy machine too. */
    static ConditionFactory soon() {
        return Awaitility.await().pollInterval(Duration.ofMillis(10)).atMost(Duration.ofMinutes(1));
    }

    static List<AuditEvent> in(Path folder) throws IOException {
        List<String> damage = new java.util.ArrayList<>();
        try (Stream<AuditEvent> events = new JournalReader(folder, damage::add).events()) {
            List<AuditEvent> all = events.toList();
            if (!damage.isEmpty()) {
                throw new IOException(String.join("; ", damage));
            }
            return all;
        }
    }

    static List<String> texts(List<AuditEvent> events) {
        return events.stream()
                .map(event -> event.stage() == Stage.NOTICE ? event.method() : event.stage() + " " + event.callId())
                .toList();
    }
}
