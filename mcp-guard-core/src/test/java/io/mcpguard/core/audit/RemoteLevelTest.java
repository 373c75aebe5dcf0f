package io.mcpguard.core.audit;

import static io.mcpguard.core.audit.Events.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditSink;
import io.mcpguard.error.AuditWriteException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The level at which a call waits until its record is on another machine. */
class RemoteLevelTest {

    /** A poll that no test waits for: only a wake-up makes these pass in time. */
    private static final SinkFeeder.Pace PACE = new SinkFeeder.Pace(
            Duration.ofSeconds(30), Duration.ofMillis(1), Duration.ofMillis(10), Duration.ofMinutes(10));

    @TempDir
    Path temp;

    private final Events events = new Events();

    private Journal journal(Duration deadline) {
        return events.journal(temp)
                .levels(AuditLevels.all(AuditLevel.REMOTE))
                .appendDeadline(deadline)
                .open();
    }

    private static class Remote implements AuditSink {

        final Set<UUID> has = ConcurrentHashMap.newKeySet();
        volatile boolean down;

        @Override
        public void write(List<AuditEvent> batch) {
            if (down) {
                throw new AuditWriteException("down", null);
            }
            batch.forEach(event -> has.add(event.id()));
        }
    }

    @Test
    void an_append_returns_when_the_sink_has_the_record() {
        Remote sink = new Remote();
        try (Journal journal = journal(Duration.ofSeconds(60));
                SinkFeeder feeder = SinkFeeder.start(journal, Map.of("remote", sink), PACE)) {
            for (int i = 0; i < 50; i++) {
                AuditEvent intent = events.intent();
                journal.append(intent);
                assertThat(sink.has).contains(intent.id());
            }
            assertThat(feeder.status().get(0).failedBatches()).isZero();
        }
    }

    @Test
    void many_threads_wait_for_the_same_batch() throws InterruptedException {
        Remote sink = new Remote();
        Set<UUID> missing = ConcurrentHashMap.newKeySet();
        try (Journal journal = journal(Duration.ofSeconds(60));
                SinkFeeder feeder = SinkFeeder.start(journal, Map.of("remote", sink), PACE)) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                List<AuditEvent> own = List.of(events.intent(), events.intent(), events.intent());
                Thread thread = new Thread(() -> own.forEach(intent -> {
                    journal.append(intent);
                    if (!sink.has.contains(intent.id())) {
                        missing.add(intent.id());
                    }
                }));
                thread.start();
                threads.add(thread);
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(missing).isEmpty();
            assertThat(feeder.status().get(0).delivered()).isGreaterThanOrEqualTo(48);
        }
    }

    @Test
    void an_append_fails_at_its_deadline_while_the_sink_is_down_and_works_again_after() {
        Remote sink = new Remote();
        try (Journal journal = journal(Duration.ofMillis(200));
                SinkFeeder feeder = SinkFeeder.start(journal, Map.of("remote", sink), PACE)) {
            sink.down = true;
            assertThatThrownBy(() -> journal.append(events.intent()))
                    .isInstanceOf(AuditWriteException.class)
                    .hasMessageContaining("look at what the sinks report");
            assertThat(feeder.status().get(0).failure()).isPresent();

            sink.down = false;
            soon().untilAsserted(() ->
                    assertThatCode(() -> journal.append(events.intent())).doesNotThrowAnyException());
        }
    }

    @Test
    void one_of_two_sinks_is_enough() {
        Remote down = new Remote();
        down.down = true;
        Remote up = new Remote();
        try (Journal journal = journal(Duration.ofSeconds(60));
                SinkFeeder feeder = SinkFeeder.start(journal, Map.of("down", down, "up", up), PACE)) {
            AuditEvent intent = events.intent();
            journal.append(intent);

            assertThat(up.has).contains(intent.id());
            assertThat(down.has).isEmpty();
            assertThat(feeder.status()).hasSize(2);
        }
    }

    @Test
    void without_a_sink_that_confirms_nothing_is_appended() {
        AuditSink unsure = new AuditSink() {
            @Override
            public void write(List<AuditEvent> batch) {
                assertThat(batch).isNotEmpty();
            }

            @Override
            public boolean confirms() {
                return false;
            }
        };
        try (Journal journal = journal(Duration.ofSeconds(60));
                SinkFeeder feeder = SinkFeeder.start(journal, Map.of("unsure", unsure), PACE)) {
            soon().until(() -> feeder.status().get(0).delivered() > 0);

            assertThatThrownBy(() -> journal.append(events.intent()))
                    .isInstanceOf(AuditWriteException.class)
                    .hasMessageContaining("no sink that confirms");
        }
    }

    @Test
    void a_refusal_waits_for_no_sink() {
        try (Journal journal = journal(Duration.ofSeconds(60))) {
            assertThatCode(() -> journal.append(events.denied())).doesNotThrowAnyException();
        }
    }
}
