package io.mcpguard.core.guard;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.audit.AuditCaller;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditResult;
import io.mcpguard.audit.AuditSource;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.AuditVerdict;
import io.mcpguard.audit.AuditVerdict.Repeats;
import io.mcpguard.audit.Channel;
import io.mcpguard.audit.Stage;
import io.mcpguard.core.guard.RecordKeeper.Denial;
import io.mcpguard.error.AuditWriteException;
import io.mcpguard.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RepeatedDenialsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final SettableClock clock = new SettableClock(NOW);
    private final Queue<AuditEvent> records = new ConcurrentLinkedQueue<>();
    private volatile boolean works = true;
    private final RecordKeeper keeper = keeper(DenialRecords.PER_SECOND);

    private RecordKeeper keeper(DenialRecords denials) {
        return new RecordKeeper(this::append, UUID::randomUUID, clock, UnrecordedCalls.refused(), denials);
    }

    private void append(AuditEvent event) {
        if (!works) {
            throw new AuditWriteException("the test disk is full", null);
        }
        records.add(event);
    }

    private Denial deny(String address, String operation) {
        return deny(keeper, address, operation);
    }

    private Denial deny(RecordKeeper keeper, String address, String operation) {
        RequestFacts facts = new RequestFacts(
                Channel.MCP,
                "tools/call",
                new AuditTarget(operation, "GET /orders/{orderId}"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                AuditSource.of(address, 4711),
                clock.instant());
        return keeper.keepDenial(
                facts,
                AuditCaller.anonymous(),
                new AuditVerdict(false, "limit-reached", "limit:per-minute", Optional.empty()),
                AuditResult.ofStatus(429, Duration.ZERO));
    }

    private List<AuditEvent> recorded() {
        return List.copyOf(records);
    }

    @Test
    void each_refusal_has_a_record_unless_the_service_chose_otherwise() {
        RecordKeeper each = keeper(DenialRecords.EACH);

        IntStream.range(0, 5).forEach(i -> deny(each, "192.0.2.7", "getOrder"));

        assertThat(recorded()).hasSize(5).allMatch(event -> event.verdict().count() == 1);
    }

    @Test
    void the_first_refusal_is_recorded_at_once_and_those_that_repeat_it_in_one_record() {
        deny("192.0.2.7", "getOrder");
        assertThat(recorded()).hasSize(1);
        clock.advance(Duration.ofMillis(10));
        deny("192.0.2.7", "getOrder");
        clock.advance(Duration.ofMillis(20));
        deny("192.0.2.7", "getOrder");
        assertThat(recorded()).hasSize(1);

        keeper.settle();

        assertThat(recorded()).hasSize(2);
        AuditEvent repeated = recorded().get(1);
        assertThat(repeated.stage()).isEqualTo(Stage.DENIED);
        assertThat(repeated.time()).isEqualTo(NOW.plusMillis(30));
        assertThat(repeated.verdict().repeats()).contains(new Repeats(2, NOW.plusMillis(10)));
        assertThat(repeated.verdict().detail()).isEqualTo("limit:per-minute");
        assertThat(repeated.result().latency()).isEmpty();
    }

    @Test
    void one_that_was_repeated_once_is_recorded_like_any_other() {
        deny("192.0.2.7", "getOrder");
        deny("192.0.2.7", "getOrder");
        keeper.settle();

        assertThat(recorded())
                .hasSize(2)
                .allMatch(event -> event.verdict().repeats().isEmpty());
    }

    @Test
    void every_caller_is_told_a_call_that_the_trail_knows() {
        Set<UUID> told = IntStream.range(0, 7)
                .mapToObj(i -> deny("192.0.2.7", "getOrder").callId())
                .collect(toSet());
        keeper.settle();

        assertThat(recorded().stream().map(AuditEvent::callId).collect(toSet())).isEqualTo(told);
    }

    @Test
    void another_address_or_another_operation_is_another_refusal() {
        deny("192.0.2.7", "getOrder");
        deny("192.0.2.8", "getOrder");
        deny("192.0.2.7", "listOrders");

        assertThat(recorded()).hasSize(3);
    }

    @Test
    void a_refusal_after_a_second_without_one_is_recorded_at_once() {
        deny("192.0.2.7", "getOrder");
        keeper.settle();
        deny("192.0.2.7", "getOrder");

        assertThat(recorded()).hasSize(2);
    }

    @Test
    void nobody_is_counted_while_the_trail_cannot_be_written() {
        works = false;
        assertThat(deny("192.0.2.7", "getOrder").kept()).isFalse();
        assertThat(deny("192.0.2.7", "getOrder").kept()).isFalse();
        works = true;
        keeper.settle();

        assertThat(deny("192.0.2.7", "getOrder").kept()).isTrue();
        assertThat(recorded()).hasSize(1);
    }

    @Test
    void what_was_counted_is_told_once_the_trail_can_be_written_again() {
        deny("192.0.2.7", "getOrder");
        UUID counted = deny("192.0.2.7", "getOrder").callId();
        deny("192.0.2.7", "getOrder");
        works = false;
        keeper.settle();
        assertThat(deny("192.0.2.7", "getOrder").kept())
                .as("one more, while the trail cannot be told")
                .isFalse();
        works = true;
        keeper.settle();
        keeper.settle();

        assertThat(recorded()).hasSize(2);
        assertThat(recorded().get(1).callId()).isEqualTo(counted);
        assertThat(recorded().get(1).verdict().count()).isEqualTo(2);
    }

    @Test
    void more_kinds_than_are_held_are_recorded_one_by_one() {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 1_500; i++) {
                deny("address-" + i, "getOrder");
            }
        }

        assertThat(recorded())
                .as("1,500 at first, and 500 of which no count is held")
                .hasSize(2_000);
        keeper.settle();
        assertThat(recorded().stream()
                        .mapToLong(event -> event.verdict().count())
                        .sum())
                .isEqualTo(3_000);
    }

    @Test
    void no_refusal_is_lost_or_counted_twice_however_many_come_at_once() {
        int threads = 8;
        int each = 4_000;
        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            int thread = t;
            running.add(CompletableFuture.runAsync(() -> {
                for (int i = 0; i < each; i++) {
                    deny("192.0.2." + i % 3, "getOrder");
                    if (thread == 0 && i % 500 == 0) {
                        keeper.settle();
                    }
                }
            }));
        }
        running.forEach(CompletableFuture::join);
        keeper.settle();

        assertThat(recorded().stream()
                        .mapToLong(event -> event.verdict().count())
                        .sum())
                .isEqualTo((long) threads * each);
        assertThat(recorded().size()).isLessThan(threads * each / 10);
    }
}
