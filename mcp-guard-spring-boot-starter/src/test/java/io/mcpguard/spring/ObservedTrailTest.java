package io.mcpguard.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.audit.AuditCaller;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditResult;
import io.mcpguard.audit.AuditSource;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.AuditVerdict;
import io.mcpguard.audit.Channel;
import io.mcpguard.audit.Stage;
import io.mcpguard.core.audit.AuditTrail;
import io.mcpguard.error.AuditWriteException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ObservedTrailTest {

    private static final AuditEvent EVENT = new AuditEvent(
            UUID.randomUUID(),
            UUID.randomUUID(),
            Stage.INTENT,
            Instant.parse("2026-03-01T10:00:00Z"),
            Channel.MCP,
            "tools/call",
            new AuditTarget("getOrder", "GET /orders/{orderId}"),
            AuditCaller.anonymous(),
            new AuditVerdict(true, "allowed", "grant:orders", Optional.empty()),
            AuditResult.pending(),
            AuditSource.of("192.0.2.7", 4711),
            Map.of(),
            Optional.empty());

    private final List<AuditEvent> records = new ArrayList<>();
    private final List<Boolean> told = new ArrayList<>();

    @Test
    void a_record_that_is_written_stands_whatever_watches_it() {
        AuditTrail trail = ObservedTrail.of(
                records::add,
                List.of(
                        (event, waited, kept) -> {
                            throw new IllegalStateException("no room for another meter");
                        },
                        (event, waited, kept) -> told.add(kept)));

        trail.append(EVENT);

        assertThat(records).containsExactly(EVENT);
        assertThat(told).containsExactly(true);
    }

    @Test
    void a_record_that_could_not_be_written_is_told_as_such_and_still_fails() {
        AuditTrail trail = ObservedTrail.of(
                event -> {
                    throw new AuditWriteException("the test disk is full", null);
                },
                List.of((event, waited, kept) -> told.add(kept)));

        assertThatThrownBy(() -> trail.append(EVENT)).isInstanceOf(AuditWriteException.class);
        assertThat(told).containsExactly(false);
    }
}
