package io.mcpguard.core.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.audit.AuditCaller;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditResult;
import io.mcpguard.audit.AuditSource;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.AuditVerdict;
import io.mcpguard.audit.Channel;
import io.mcpguard.audit.Stage;
import io.mcpguard.core.guard.UnrecordedCalls.Passing;
import io.mcpguard.error.AuditWriteException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnrecordedCallsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final Queue<AuditEvent> records = new ConcurrentLinkedQueue<>();
    private volatile boolean works;

    private RecordKeeper keeper(Passing mcp, Passing rest) {
        return new RecordKeeper(
                this::append, UUID::randomUUID, () -> NOW, new UnrecordedCalls(mcp, rest), DenialRecords.EACH);
    }

    private void append(AuditEvent event) {
        if (!works) {
            throw new AuditWriteException("the test disk is full", null);
        }
        records.add(event);
    }

    private static boolean keep(RecordKeeper keeper, Channel channel, boolean readOnly) {
        return keeper.keepOnly(
                UUID.randomUUID(),
                Stage.OUTCOME,
                facts(channel),
                AuditCaller.anonymous(),
                new AuditVerdict(true, "allowed", "grant:orders", Optional.empty()),
                AuditResult.ofStatus(200, Duration.ZERO),
                readOnly);
    }

    private static RequestFacts facts(Channel channel) {
        return new RequestFacts(
                channel,
                "tools/call",
                new AuditTarget("getOrder", "GET /orders/{orderId}"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                AuditSource.of("192.0.2.7", 4711),
                NOW);
    }

    @ParameterizedTest
    @CsvSource({"NONE, false, false", "READS, true, false", "ALL, true, true"})
    void each_door_has_its_own_policy_for_reads_and_writes(Passing rest, boolean read, boolean write) {
        RecordKeeper keeper = keeper(Passing.NONE, rest);

        assertThat(keep(keeper, Channel.REST, true)).isEqualTo(read);
        assertThat(keep(keeper, Channel.REST, false)).isEqualTo(write);
        assertThat(keep(keeper, Channel.MCP, true)).isFalse();
        assertThat(keep(keeper, Channel.MCP, false)).isFalse();
    }

    @Test
    void without_a_policy_no_call_goes_unrecorded() {
        assertThat(UnrecordedCalls.refused()).isEqualTo(new UnrecordedCalls(Passing.NONE, Passing.NONE));
    }

    @Test
    void a_call_whose_intent_stands_but_was_not_confirmed_is_refused_and_the_trail_says_so() {
        UUID call = UUID.randomUUID();
        RecordKeeper keeper = new RecordKeeper(
                event -> {
                    records.add(event);
                    if (event.stage() == Stage.INTENT) {
                        throw AuditWriteException.unconfirmed("the test disk is slow");
                    }
                },
                UUID::randomUUID,
                () -> NOW,
                UnrecordedCalls.refused(),
                DenialRecords.EACH);

        RecordKeeper.Kept kept = keeper.keep(
                call,
                Stage.INTENT,
                facts(Channel.MCP),
                AuditTarget.unknown(),
                AuditCaller.anonymous(),
                new AuditVerdict(true, "allowed", "grant:orders", Optional.empty()),
                AuditResult.pending(),
                Map.of(),
                false);

        assertThat(kept).isEqualTo(RecordKeeper.Kept.REFUSED);
        assertThat(records).hasSize(2).last().satisfies(end -> {
            assertThat(end.stage()).isEqualTo(Stage.DENIED);
            assertThat(end.callId()).isEqualTo(call);
            assertThat(end.verdict().allowed()).isFalse();
            assertThat(end.verdict().reason()).isEqualTo("audit-unavailable");
            assertThat(end.result().httpStatus()).hasValue(503);
        });
    }

    @Test
    void the_trail_is_told_how_many_calls_it_has_missed_with_the_next_record() {
        RecordKeeper keeper = keeper(Passing.ALL, Passing.READS);
        keep(keeper, Channel.MCP, false);
        keep(keeper, Channel.REST, true);
        keep(keeper, Channel.REST, true);
        keep(keeper, Channel.REST, false);
        works = true;

        keep(keeper, Channel.MCP, true);
        keep(keeper, Channel.MCP, true);

        assertThat(records).extracting(AuditEvent::stage).containsExactly(Stage.OUTCOME, Stage.NOTICE, Stage.OUTCOME);
        AuditEvent told = List.copyOf(records).get(1);
        assertThat(told.method()).isEqualTo("calls-unrecorded");
        assertThat(told.channel()).isEqualTo(Channel.SELF);
        assertThat(told.result().outcome()).isEqualTo(AuditResult.Outcome.FAILURE);
        assertThat(told.arguments()).containsExactlyInAnyOrderEntriesOf(Map.of("/mcp", "1", "/rest", "2"));
    }

    @Test
    void the_count_is_exact_whatever_the_disk_does_meanwhile() {
        RecordKeeper keeper = keeper(Passing.ALL, Passing.ALL);
        AtomicInteger passed = new AtomicInteger();
        CompletableFuture<?>[] threads = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.runAsync(() -> {
                    for (int call = 0; call < 5_000; call++) {
                        if (call % 100 == 0) {
                            works = ThreadLocalRandom.current().nextBoolean();
                        }
                        assertThat(keep(keeper, i % 2 == 0 ? Channel.MCP : Channel.REST, false))
                                .isTrue();
                        passed.incrementAndGet();
                    }
                }))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(threads).join();
        works = true;
        keeper.settle();

        long recorded =
                records.stream().filter(event -> event.stage() == Stage.OUTCOME).count();
        long missed = records.stream()
                .filter(event -> event.stage() == Stage.NOTICE)
                .flatMap(event -> Stream.of("/mcp", "/rest").map(event.arguments()::get))
                .mapToLong(Long::parseLong)
                .sum();
        assertThat(missed).isPositive();
        assertThat(recorded + missed).isEqualTo(passed.get());
    }
}
