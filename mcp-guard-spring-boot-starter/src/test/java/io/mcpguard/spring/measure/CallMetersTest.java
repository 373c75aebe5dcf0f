package io.mcpguard.spring.measure;

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
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CallMetersTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Duration WAITED = Duration.ofMillis(3);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final CallMeters meters = new CallMeters(registry);

    private static AuditEvent denied(AuditVerdict verdict, Duration latency) {
        return new AuditEvent(
                UUID.randomUUID(),
                UUID.randomUUID(),
                Stage.DENIED,
                NOW,
                Channel.MCP,
                "tools/call",
                new AuditTarget("getOrder", "GET /orders/{orderId}"),
                AuditCaller.anonymous(),
                verdict,
                AuditResult.ofStatus(429, latency),
                AuditSource.of("192.0.2.7", 4711),
                Map.of(),
                Optional.empty());
    }

    private static AuditVerdict limited() {
        return new AuditVerdict(
                false, "limit-reached", "limit:per-minute", Optional.of(new AuditLimit("per-minute", 60, 0, 900)));
    }

    private double counted(String name, String tag, String value) {
        return registry.get(name).tag(tag, value).counter().count();
    }

    @Test
    void each_record_counts_once_and_its_call_is_timed() {
        meters.recorded(denied(limited(), Duration.ofMillis(5)), WAITED, true);
        meters.recorded(denied(limited(), Duration.ofMillis(5)), WAITED, true);

        assertThat(counted("mcp_guard.audit.records", "stage", "denied")).isEqualTo(2);
        assertThat(registry.get("mcp.server.operation.duration")
                        .tag("gen_ai.tool.name", "getOrder")
                        .timer()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void a_record_that_stands_for_several_refusals_counts_as_many_where_refusals_are_counted() {
        meters.recorded(denied(limited().repeated(41, NOW), Duration.ZERO), WAITED, true);

        assertThat(counted("mcp_guard.audit.records", "stage", "denied")).isEqualTo(1);
        assertThat(counted("mcp_guard.limit.decisions", "result", "refused")).isEqualTo(41);
    }

    @Test
    void a_record_that_could_not_be_written_is_only_timed() {
        meters.recorded(denied(limited(), Duration.ofMillis(5)), WAITED, false);

        assertThat(registry.get("mcp_guard.audit.append.duration")
                        .tag("outcome", "failed")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(registry.find("mcp_guard.audit.records").counter()).isNull();
    }
}
