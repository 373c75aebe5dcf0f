package io.mcpguard.core.audit;

import static io.mcpguard.core.audit.Events.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditSink;
import io.mcpguard.error.AuditWriteException;
import io.mcpguard.error.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SinkFeederTest {

    private static final SinkFeeder.Pace FAST = pace(Duration.ofSeconds(30));
    private static final SinkFeeder.Pace IMPATIENT = pace(Duration.ofMillis(100));

    @TempDir
    Path temp;

    private final Events events = new Events();

    private static SinkFeeder.Pace pace(Duration write) {
        return new SinkFeeder.Pace(write, Duration.ofMillis(1), Duration.ofMillis(10), Duration.ofMillis(1));
    }

    /** Keeps what it is given, repetitions too. */
    private static class Keeping implements AuditSink {

        final List<List<AuditEvent>> batches = Collections.synchronizedList(new ArrayList<>());
        final AtomicInteger closes = new AtomicInteger();

        @Override
        public void write(List<AuditEvent> batch) {
            batches.add(batch);
        }

        @Override
        public void close() {
            closes.incrementAndGet();
        }

        List<UUID> ids() {
            synchronized (batches) {
                return batches.stream()
                        .flatMap(List::stream)
                        .map(AuditEvent::id)
                        .toList();
            }
        }
    }

    @Test
    void a_sink_gets_every_event_in_order_with_its_link_in_batches() throws IOException {
        Keeping sink = new Keeping();
        try (Journal journal = events.journal(temp).open()) {
            append(journal, 1_500);
            try (SinkFeeder feeder = SinkFeeder.start(journal, Map.of("kept", sink), FAST)) {
                append(journal, 10);
                soon().until(() -> sink.ids().size() == 1_511);
                assertThat(feeder.status()).singleElement().satisfies(status -> {
                    assertThat(status.name()).isEqualTo("kept");
                    assertThat(status.failure()).isEmpty();
                });
            }
        }

        List<AuditEvent> all = Events.in(temp);
        assertThat(sink.ids())
                .containsExactlyElementsOf(
                        all.stream().limit(1_511).map(AuditEvent::id).toList());
        assertThat(sink.batches).allSatisfy(batch -> assertThat(batch).hasSizeBetween(1, 512));
        assertThat(sink.batches.get(0))
                .isEqualTo(all.subList(0, sink.batches.get(0).size()));
        assertThat(sink.closes).hasValue(1);
    }

    @Test
    void goes_on_after_a_restart_where_the_cursor_stands() throws IOException {
        Keeping first = new Keeping();
        try (Journal journal = events.journal(temp).open()) {
            append(journal, 5);
            SinkFeeder feeder = SinkFeeder.start(journal, Map.of("kept", first), FAST);
            soon().until(() -> first.ids().size() == 6);
            feeder.close();
            append(journal, 5);
        }
        Keeping second = new Keeping();
        try (Journal journal = events.journal(temp).open();
                SinkFeeder feeder = SinkFeeder.start(journal, Map.of("kept", second), FAST)) {
            soon().until(() -> second.ids().size() == 7);
            soon().until(() -> feeder.status().get(0).delivered() == 7);
        }

        List<UUID> all = new ArrayList<>(first.ids());
        all.addAll(second.ids());
        assertThat(all)
                .containsExactlyElementsOf(
                        Events.in(temp).stream().limit(13).map(AuditEvent::id).toList());
    }

    @Test
    void a_failing_sink_gets_the_same_batch_again_and_delays_no_append() {
        AtomicInteger tries = new AtomicInteger();
        Keeping sink = new Keeping() {
            @Override
            public void write(List<AuditEvent> batch) {
                super.write(batch);
                if (tries.incrementAndGet() < 5) {
                    throw new AuditWriteException("not today", null);
                }
            }
        };
        try (Journal journal = events.journal(temp).open()) {
            append(journal, 3);
            try (SinkFeeder feeder = SinkFeeder.start(journal, Map.of("failing", sink), FAST)) {
                append(journal, 1);

                soon().until(() -> feeder.status().get(0).delivered() == 5);
                assertThat(feeder.status().get(0).failedBatches()).isEqualTo(4);
                assertThat(feeder.status().get(0).failure()).isEmpty();
                assertThat(sink.batches.subList(0, 3)).containsOnly(sink.batches.get(0));
                assertThat(sink.batches.get(3)).isEqualTo(sink.batches.get(0).subList(0, 2));
            }
        }
    }

    @Test
    void a_record_that_a_sink_chokes_on_holds_up_those_after_it_and_none_before() {
        AtomicInteger tries = new AtomicInteger();
        Keeping sink = new Keeping() {
            @Override
            public void write(List<AuditEvent> batch) {
                boolean chokes = batch.stream()
                        .anyMatch(event -> event.link().orElseThrow().sequence() == 40);
                if (chokes && tries.incrementAndGet() < 200) {
                    throw new AuditWriteException("one of these", null);
                }
                super.write(batch);
            }
        };
        try (Journal journal = events.journal(temp).open()) {
            append(journal, 60);
            try (SinkFeeder feeder = SinkFeeder.start(journal, Map.of("choking", sink), FAST)) {
                soon().until(() -> sink.ids().size() == 39);
                soon().until(() -> feeder.status().get(0).failure().isPresent());

                soon().until(() -> sink.ids().size() == 61);
            }
        }
    }

    @Test
    void a_receiver_that_asks_for_a_pause_gets_it() {
        AtomicInteger tries = new AtomicInteger();
        List<Long> times = Collections.synchronizedList(new ArrayList<>());
        AuditSink sink = batch -> {
            times.add(System.nanoTime());
            if (tries.incrementAndGet() == 1) {
                throw AuditWriteException.retryAfter("busy", Duration.ofMillis(300));
            }
        };
        try (Journal journal = events.journal(temp).open();
                SinkFeeder feeder = SinkFeeder.start(journal, Map.of("busy", sink), FAST)) {
            soon().until(() -> feeder.status().get(0).delivered() > 0);

            assertThat(Duration.ofNanos(times.get(1) - times.get(0))).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        }
    }

    @Test
    void a_hanging_sink_is_interrupted_and_delays_neither_a_call_nor_another_sink() {
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger interrupts = new AtomicInteger();
        AuditSink hanging = batch -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                interrupts.incrementAndGet();
                throw new AuditWriteException("interrupted", e);
            }
        };
        Keeping other = new Keeping();
        try (Journal journal = events.journal(temp).open();
                SinkFeeder feeder = SinkFeeder.start(journal, Map.of("hanging", hanging, "other", other), IMPATIENT)) {
            append(journal, 100);

            soon().until(() -> Set.copyOf(other.ids()).size() == 101);
            soon().until(() -> interrupts.get() >= 2);
            assertThat(feeder.status())
                    .filteredOn(status -> status.name().equals("hanging"))
                    .singleElement()
                    .satisfies(status -> assertThat(status.delivered()).isZero());
        }
    }

    @Test
    void a_sink_that_is_late_without_failing_gets_the_batch_again() {
        AtomicInteger tries = new AtomicInteger();
        Keeping slow = new Keeping() {
            @Override
            public void write(List<AuditEvent> batch) {
                super.write(batch);
                boolean first = tries.getAndIncrement() == 0;
                while (first && !Thread.currentThread().isInterrupted()) {
                    Thread.onSpinWait();
                }
            }
        };
        try (Journal journal = events.journal(temp).open();
                SinkFeeder feeder = SinkFeeder.start(journal, Map.of("slow", slow), IMPATIENT)) {
            soon().until(() -> feeder.status().get(0).delivered() >= 1);
            assertThat(slow.batches.get(1)).isEqualTo(slow.batches.get(0));
        }
    }

    @Test
    void a_cursor_nobody_can_read_gives_the_sink_everything_again() throws IOException {
        Keeping sink = new Keeping();
        Files.createDirectories(temp.resolve("cursors"));
        Files.writeString(temp.resolve("cursors/kept"), "rubbish");
        try (Journal journal = events.journal(temp).open()) {
            append(journal, 3);
            try (SinkFeeder feeder = SinkFeeder.start(journal, Map.of("kept", sink), FAST)) {
                soon().until(() -> feeder.status().get(0).delivered() == 4);
            }
        }
    }

    @Test
    void a_name_that_would_leave_the_folder_is_refused() {
        try (Journal journal = events.journal(temp).open()) {
            assertThatThrownBy(() -> SinkFeeder.start(journal, Map.of("../tip", new Keeping())))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("'../tip' is no name");
        }
    }

    private void append(Journal journal, int count) {
        for (int i = 0; i < count; i++) {
            journal.append(events.denied());
        }
    }
}
