package io.mcpguard.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.audit.AuditCaller;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditResult;
import io.mcpguard.audit.AuditSink;
import io.mcpguard.audit.AuditSource;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.AuditVerdict;
import io.mcpguard.audit.AuditVerdict.AuditLimit;
import io.mcpguard.audit.ChainLink;
import io.mcpguard.audit.Channel;
import io.mcpguard.audit.Stage;
import io.mcpguard.error.AuditWriteException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The rules of {@link AuditSink}. Extend it and say how to make a sink and how to read what it has kept.
 *
 * <p>JUnit makes a new instance for each test, so where the sink keeps events may be a field. What cannot be tested here: that
 * what was kept survives the end of the process (AS-2); reading it without the sink, before it is closed, is the nearest to
 * it.
 *
 * @since 0.1
 */
public abstract class AuditSinkContract {

    /** For subclasses. */
    protected AuditSinkContract() {}

    /**
     * Makes the sink under test.
     *
     * @return a new sink that keeps events where {@link #kept()} reads them, and has none at first
     */
    protected abstract AuditSink newSink();

    /**
     * Reads back what is kept: from the file, the table, the receiving end. Not from the sink's memory, unless it is a sink
     * that promises no more.
     *
     * @return every event with every part of it, in the order kept
     */
    protected abstract List<AuditEvent> kept();

    /**
     * Makes a sink that cannot keep anything: its disk is full, its receiver is gone.
     *
     * @return the sink
     */
    protected abstract AuditSink failingSink();

    /**
     * Makes a sink whose other side never answers.
     *
     * @return the sink, or empty for one that waits for nobody; the test of AS-4 is then skipped
     */
    protected abstract Optional<AuditSink> hangingSink();

    @Test
    @DisplayName("AS-1 events are kept in the order given, over batches of any size")
    void order_is_kept() {
        List<AuditEvent> events = new ArrayList<>();
        try (AuditSink sink = newSink()) {
            for (int size : new int[] {1, 512, 3}) {
                List<AuditEvent> batch = batch(events.size(), size);
                sink.write(batch);
                events.addAll(batch);
            }
        }

        assertThat(kept()).extracting(AuditEvent::id).containsExactlyElementsOf(ids(events));
    }

    @Test
    @DisplayName("AS-2 when a write has returned the events are kept, before anything is closed")
    void returning_means_kept() {
        AuditSink sink = newSink();
        List<AuditEvent> batch = batch(0, 5);

        sink.write(batch);
        List<AuditEvent> kept = kept();
        sink.close();

        assertThat(kept).extracting(AuditEvent::id).containsExactlyElementsOf(ids(batch));
    }

    @Test
    @DisplayName("AS-3 a sink that cannot keep a batch throws")
    void not_kept_is_an_exception() {
        try (AuditSink sink = failingSink()) {
            assertThatThrownBy(() -> sink.write(batch(0, 2))).isInstanceOf(AuditWriteException.class);
        }
    }

    @Test
    @DisplayName("AS-3 an event that is handed over again is kept once")
    void handed_over_again_is_kept_once() {
        List<AuditEvent> batch = batch(0, 6);
        try (AuditSink sink = newSink()) {
            sink.write(batch.subList(0, 3));
            sink.write(batch);
            sink.write(batch);
        }

        assertThat(kept()).extracting(AuditEvent::id).containsExactlyElementsOf(ids(batch));
    }

    @Test
    @DisplayName("AS-4 a batch is done, or given up, within 5 seconds")
    void batch_is_done_in_time() {
        Optional<AuditSink> hanging = hangingSink();
        Assumptions.assumeTrue(hanging.isPresent(), "this sink waits for nobody");
        AuditSink sink = hanging.orElseThrow();

        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(6),
                () -> assertThatThrownBy(() -> sink.write(batch(0, 1))).isInstanceOf(AuditWriteException.class));
    }

    @Test
    @DisplayName("AS-5 every part of an event is kept and nothing is added")
    void events_are_kept_as_they_are() {
        List<AuditEvent> events = List.of(plain(1), full(2), plain(3));
        try (AuditSink sink = newSink()) {
            sink.write(events);
        }

        assertThat(kept()).containsExactlyElementsOf(events);
    }

    @Test
    @DisplayName("AS-6 closing twice is fine, and what was written stays")
    void closing_twice_is_fine() {
        AuditSink sink = newSink();
        List<AuditEvent> batch = batch(0, 1);
        sink.write(batch);

        sink.close();

        assertThatCode(sink::close).doesNotThrowAnyException();
        assertThat(kept()).extracting(AuditEvent::id).containsExactlyElementsOf(ids(batch));
    }

    @Test
    @DisplayName("AS-6 a write after closing fails and keeps nothing")
    void write_after_closing_fails() {
        AuditSink sink = newSink();
        sink.close();

        assertThatThrownBy(() -> sink.write(batch(0, 1))).isInstanceOf(IllegalStateException.class);
        assertThat(kept()).isEmpty();
    }

    private static List<UUID> ids(List<AuditEvent> events) {
        return events.stream().map(AuditEvent::id).toList();
    }

    private static List<AuditEvent> batch(int from, int size) {
        List<AuditEvent> events = new ArrayList<>();
        for (int i = from; i < from + size; i++) {
            events.add(plain(i));
        }
        return List.copyOf(events);
    }

    private static AuditEvent plain(int number) {
        return new AuditEvent(
                new UUID(0x0190_0000_0000_7000L, 0x8000_0000_0000_0000L + number),
                new UUID(0x0190_0000_0000_7001L, 0x8000_0000_0000_0000L + number),
                Stage.DENIED,
                Instant.parse("2026-01-01T12:00:00Z").plusMillis(number),
                Channel.REST,
                "GET",
                AuditTarget.unknown(),
                AuditCaller.anonymous(),
                new AuditVerdict(false, "unauthenticated", "key-unknown", Optional.empty()),
                AuditResult.ofStatus(401, Duration.ofNanos(1_234_000)),
                AuditSource.of("192.0.2.1", 0),
                Map.of(),
                Optional.empty());
    }

    /** Everything is set, with texts that would break out of a line, a quote or a column. */
    private static AuditEvent full(int number) {
        Map<String, String> arguments = new LinkedHashMap<>();
        arguments.put("/path_params/orderId", "42");
        arguments.put("/body/note", "two\nlines, a \"quote\", a 'tick', \u20ac and \ud83d\ude00 \u0001 <b>|\\");
        return new AuditEvent(
                new UUID(0x0190_0000_0000_7002L, 0x8000_0000_0000_0000L + number),
                new UUID(0x0190_0000_0000_7003L, 0x8000_0000_0000_0000L + number),
                Stage.OUTCOME,
                Instant.parse("2026-01-01T12:00:00.123456Z"),
                Channel.MCP,
                "tools/call",
                new AuditTarget("getOrder", "GET /api/orders/{orderId}"),
                new AuditCaller("claude", "reader", "7", Optional.of("svc-orders"), Optional.of("k1")),
                new AuditVerdict(true, "allowed", "grant:orders", Optional.of(new AuditLimit("minute", 60, 59, 0))),
                AuditResult.ofStatus(200, Duration.ofNanos(5_678_000))
                        .withBytes(12, 3_456)
                        .withRpcCode(-32_602),
                new AuditSource(
                        "2001:db8::1",
                        40_712,
                        Optional.of("agent/1.0 (x; \"y\")"),
                        Optional.of("claude-code/2.1"),
                        Optional.of("2026-07-28"),
                        Optional.of("\"id-1\""),
                        Optional.of("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")),
                arguments,
                Optional.of(new ChainLink("node-1", 17, "0".repeat(64), "f".repeat(64))));
    }
}
