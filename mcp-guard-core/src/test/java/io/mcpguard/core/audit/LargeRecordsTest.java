package io.mcpguard.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.Stage;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records so large that one write takes two of them, and a turn to write ends before all that wait have been written. */
class LargeRecordsTest {

    /** More than a thread writes before it passes the turn on: eight times two. */
    private static final int WAITING = 20;

    /** As much as a record takes of a request, in letters that need the most room. */
    private static final Map<String, String> ARGUMENTS = IntStream.range(0, AuditEventJson.MAX_ARGUMENTS)
            .boxed()
            .collect(Collectors.toUnmodifiableMap(
                    number -> "/" + number + "/" + "\u00e9".repeat(500), number -> "\u00e9".repeat(512)));

    @TempDir
    Path temp;

    private final Events events = new Events();
    private final Queue<UUID> kept = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    @Test
    void many_threads_with_large_records_lose_none_and_write_none_twice() throws Exception {
        List<Thread> threads = new ArrayList<>();
        try (Journal journal = events.journal(temp).segmentBytes(16 << 20).open()) {
            for (int i = 0; i < 2 * WAITING; i++) {
                threads.add(appending(journal, large()));
            }
            join(threads);
        }

        isWhole(2 * WAITING);
    }

    @Test
    void whoever_has_the_turn_waits_for_a_record_of_its_own_that_the_turn_did_not_reach() throws Exception {
        List<Thread> ahead = new ArrayList<>();
        try (Journal journal = events.journal(temp).open()) {
            // As by a thread that has just found nothing to write, and lets go of the turn after others have come.
            AtomicBoolean turn = turnOf(journal);
            assertThat(turn.compareAndSet(false, true)).isTrue();
            for (int i = 0; i < WAITING; i++) {
                ahead.add(appending(journal, large()));
            }
            Events.soon()
                    .untilAsserted(() ->
                            assertThat(ahead).extracting(Thread::getState).containsOnly(Thread.State.TIMED_WAITING));
            assertThat(kept).isEmpty();
            turn.set(false);

            append(journal, events.denied());
            join(ahead);
        }

        isWhole(WAITING + 1);
    }

    private AuditEvent large() {
        AuditEvent small = events.denied();
        return new AuditEvent(
                small.id(),
                small.callId(),
                small.stage(),
                small.time(),
                small.channel(),
                small.method(),
                small.target(),
                small.caller(),
                small.verdict(),
                small.result(),
                small.source(),
                ARGUMENTS,
                small.link());
    }

    private Thread appending(Journal journal, AuditEvent event) {
        Thread thread = new Thread(() -> append(journal, event));
        thread.setUncaughtExceptionHandler((any, failure) -> failures.add(failure));
        thread.start();
        return thread;
    }

    private void append(Journal journal, AuditEvent event) {
        journal.append(event);
        kept.add(event.id());
    }

    private static void join(List<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** No number of threads brings this case about in a time that a test has: the turn is free for some nanoseconds. */
    private static AtomicBoolean turnOf(Journal journal) throws ReflectiveOperationException {
        Field turns = Journal.class.getDeclaredField("turns");
        turns.setAccessible(true);
        Field taken = AppendTurns.class.getDeclaredField("taken");
        taken.setAccessible(true);
        return (AtomicBoolean) taken.get(turns.get(journal));
    }

    private void isWhole(int appended) throws IOException {
        assertThat(failures).isEmpty();
        assertThat(kept).hasSize(appended);
        assertThat(Events.in(temp).stream()
                        .filter(event -> event.stage() == Stage.DENIED)
                        .map(AuditEvent::id))
                .containsExactlyInAnyOrderElementsOf(kept);
    }
}
