package io.mcpguard.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.error.AuditWriteException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Threads of requests are interrupted at random: no file is closed by it, and no record is lost. */
class InterruptedAppendsTest {

    private static final int EACH = 400;

    @TempDir
    Path temp;

    private final Events events = new Events();

    @ParameterizedTest
    @EnumSource(
            value = AuditLevel.class,
            names = {"PROCESS", "POWER"})
    void a_journal_survives_interrupts_of_all_its_callers_at_any_time(AuditLevel level)
            throws InterruptedException, IOException {
        Queue<UUID> kept = new ConcurrentLinkedQueue<>();
        AtomicInteger refused = new AtomicInteger();
        AtomicInteger interrupted = new AtomicInteger();
        AtomicBoolean done = new AtomicBoolean();
        try (Journal journal = events.journal(temp)
                .levels(AuditLevels.all(level))
                .segmentBytes(64 << 10)
                .open()) {
            List<Thread> callers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                List<AuditEvent> own = new ArrayList<>();
                for (int event = 0; event < EACH; event++) {
                    own.add(events.intent());
                }
                callers.add(new Thread(() -> own.forEach(event -> {
                    try {
                        journal.append(event);
                        kept.add(event.id());
                    } catch (AuditWriteException e) {
                        refused.incrementAndGet();
                    }
                    if (Thread.interrupted()) {
                        interrupted.incrementAndGet();
                    }
                })));
            }
            Thread interrupter = new Thread(() -> {
                Random random = new Random(3);
                while (!done.get()) {
                    callers.get(random.nextInt(callers.size())).interrupt();
                    LockSupport.parkNanos(20_000);
                }
            });
            callers.forEach(Thread::start);
            interrupter.start();
            for (Thread caller : callers) {
                caller.join();
            }
            done.set(true);
            interrupter.join();
        }

        assertThat(refused).hasValue(0);
        assertThat(interrupted.get()).isPositive();
        assertThat(Events.in(temp)).extracting(AuditEvent::id).containsAll(kept);
        assertThat(kept).hasSize(8 * EACH);
        assertThat(new JournalVerifier(temp).verify().damages()).isEmpty();
    }

    @Test
    void an_interrupt_is_still_set_when_the_append_returns() {
        try (Journal journal = events.journal(temp).open()) {
            Thread.currentThread().interrupt();
            journal.append(events.intent());

            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
