package io.mcpguard.testkit.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.audit.AuditCaller;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditResult;
import io.mcpguard.audit.AuditSource;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.AuditVerdict;
import io.mcpguard.audit.AuditVerdict.AuditLimit;
import io.mcpguard.audit.Channel;
import io.mcpguard.audit.Stage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is left of a limit, as the records of two calls say. */
class LimitDifferenceTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Map<String, String> PER_MINUTE = Map.of("limit", "PT1M");

    @Test
    void one_call_leaves_one_less() {
        assertThat(between(5, 4, PER_MINUTE, List.of())).isEmpty();
        assertThat(between(5, 5, PER_MINUTE, List.of()))
                .singleElement()
                .asString()
                .contains("instead of 4");
        assertThat(between(5, 3, PER_MINUTE, List.of()))
                .singleElement()
                .asString()
                .contains("instead of 4");
    }

    @Test
    void of_calls_at_once_both_leave_the_same() {
        assertThat(between(5, 5, Map.of(), List.of())).isEmpty();
        assertThat(between(5, 4, Map.of(), List.of()))
                .singleElement()
                .asString()
                .contains("instead of 5");
    }

    @Test
    void a_call_that_leaves_the_window_in_between_makes_room() {
        List<AuditEvent> aMinuteAgo = List.of(intent(NOON.minusSeconds(60), 9));
        List<AuditEvent> longAgo = List.of(intent(NOON.minusSeconds(90), 9));

        assertThat(between(5, 5, PER_MINUTE, aMinuteAgo)).isEmpty();
        assertThat(between(5, 3, PER_MINUTE, aMinuteAgo)).hasSize(1);
        assertThat(between(5, 5, PER_MINUTE, longAgo)).hasSize(1);
    }

    private static List<String> between(int rest, int mcp, Map<String, String> periods, List<AuditEvent> trail) {
        return LimitDifference.between(
                observed(intent(NOON, rest)), observed(intent(NOON.plusMillis(20), mcp)), () -> trail, periods);
    }

    private static Observed observed(AuditEvent event) {
        return new Observed(new Reply(200, "", null, true), List.of(event), List.of());
    }

    private static AuditEvent intent(Instant time, int remaining) {
        return new AuditEvent(
                UUID.randomUUID(),
                UUID.randomUUID(),
                Stage.INTENT,
                time,
                Channel.MCP,
                "tools/call",
                AuditTarget.unknown(),
                AuditCaller.anonymous(),
                new AuditVerdict(
                        true, "allowed", "grant:orders", Optional.of(new AuditLimit("limit", 10, remaining, 0))),
                AuditResult.pending(),
                AuditSource.of("192.0.2.1", 0),
                Map.of(),
                Optional.empty());
    }
}
