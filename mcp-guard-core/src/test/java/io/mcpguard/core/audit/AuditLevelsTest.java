package io.mcpguard.core.audit;

import static io.mcpguard.core.audit.Events.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.core.audit.AuditLevels.Calls;
import io.mcpguard.error.AuditWriteException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLevelsTest {

    @TempDir
    Path temp;

    private final Events events = new Events();
    private final FailingDisk disk = new FailingDisk();

    @Test
    void the_intent_of_an_mcp_call_is_on_the_disk_and_its_outcome_does_not_wait_for_it() throws IOException {
        try (Journal journal = events.journal(temp).open(disk)) {
            AuditEvent intent = events.intent();
            journal.append(intent);
            int forced = disk.forced();
            journal.append(events.outcome(intent));
            journal.append(events.denied());

            assertThat(forced).isEqualTo(1);
            assertThat(disk.forced()).isEqualTo(1);
        }
        assertThat(disk.forced()).as("a closed journal is on the disk").isGreaterThan(1);
        assertThat(new JournalVerifier(temp).verify().damages()).isEmpty();
    }

    @Test
    void a_journal_that_never_asks_the_disk_does_not_wait_for_it() {
        disk.beforeForce(file -> {
            throw new IOException("must not be asked");
        });
        try (Journal journal =
                events.journal(temp).levels(AuditLevels.all(AuditLevel.PROCESS)).open(disk)) {
            AuditEvent intent = events.intent();
            journal.append(intent);
            journal.append(events.outcome(intent));
        }
        assertThat(disk.forced()).isZero();
    }

    @Test
    void one_force_serves_all_that_wait_for_it() throws Exception {
        CountDownLatch atWork = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        int threads = 32;
        try (Journal journal = events.journal(temp).open(disk)) {
            disk.beforeForce(file -> {
                atWork.countDown();
                FailingDisk.hangUntil(released);
            });
            CompletableFuture<Void> first = CompletableFuture.runAsync(() -> journal.append(events.intent()));
            assertThat(atWork.await(10, TimeUnit.SECONDS)).isTrue();
            List<Thread> others = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                AuditEvent intent = events.intent();
                Thread thread = new Thread(() -> journal.append(intent));
                thread.start();
                others.add(thread);
            }
            soon().until(() -> journal.committed().sequence() == 2 + threads);
            assertThat(first).isNotDone();
            assertThat(others).allMatch(Thread::isAlive);

            released.countDown();
            assertThat(first).succeedsWithin(Duration.ofSeconds(10));
            soon().until(() -> others.stream().noneMatch(Thread::isAlive));

            assertThat(disk.forced()).isEqualTo(2);
        }
    }

    @Test
    void a_disk_that_hangs_fails_records_at_their_deadline_and_those_that_do_not_need_it_go_on() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        try (Journal journal =
                events.journal(temp).appendDeadline(Duration.ofMillis(200)).open(disk)) {
            disk.beforeForce(file -> FailingDisk.hangUntil(released));

            assertThatThrownBy(() -> journal.append(events.intent()))
                    .isInstanceOf(AuditWriteException.class)
                    .hasMessageContaining("did not confirm an audit record in time");
            journal.append(events.denied());

            released.countDown();
            soon().ignoreExceptions().untilAsserted(() -> journal.append(events.intent()));
        }
    }

    @Test
    void a_disk_that_does_not_keep_its_word_is_not_asked_again_for_the_same_file() throws IOException {
        List<Path> asked = new ArrayList<>();
        List<UUID> confirmed = new ArrayList<>();
        try (Journal journal = events.journal(temp).open(disk)) {
            AuditEvent before = events.intent();
            journal.append(before);
            confirmed.add(before.id());
            disk.beforeForce(file -> {
                asked.add(file);
                throw new IOException("Input/output error");
            });

            assertThatThrownBy(() -> journal.append(events.intent()))
                    .isInstanceOf(AuditWriteException.class)
                    .hasMessageContaining("Input/output error");
            assertThatThrownBy(() -> journal.append(events.denied()))
                    .as("nothing is taken until the journal has turned to another segment")
                    .isInstanceOf(AuditWriteException.class);

            disk.beforeForce(asked::add);
            soon().ignoreExceptions().untilAsserted(() -> {
                AuditEvent after = events.intent();
                journal.append(after);
                confirmed.add(after.id());
            });
        }
        List<AuditEvent> all = Events.in(temp);
        assertThat(all).extracting(AuditEvent::id).containsAll(confirmed);
        assertThat(all)
                .filteredOn(event -> event.method().equals("journal-mended"))
                .singleElement()
                .satisfies(
                        mended -> assertThat(mended.arguments().get("/cause")).contains("Input/output error"));
        assertThat(asked.stream().filter(asked.get(0)::equals))
                .as("forces of the suspect file")
                .hasSize(1);
        assertThat(new JournalVerifier(temp).verify().damages()).isEmpty();
    }

    @Test
    void as_long_as_the_disk_fails_no_files_pile_up() throws IOException {
        try (Journal journal = events.journal(temp).open(disk)) {
            disk.beforeForce(file -> {
                throw new IOException("Input/output error");
            });
            assertThatThrownBy(() -> journal.append(events.intent())).isInstanceOf(AuditWriteException.class);
            soon().untilAsserted(() -> assertThatThrownBy(() -> journal.append(events.denied()))
                    .hasMessageContaining("Input/output error"));

            assertThat(new JournalFolder(temp).walFiles()).hasSizeLessThanOrEqualTo(2);
            disk.beforeForce(file -> {});
        }
    }

    @Test
    void an_interrupted_request_gets_its_answer_and_closes_no_file() {
        try (Journal journal = events.journal(temp).open(disk)) {
            for (int i = 0; i < 20; i++) {
                Thread.currentThread().interrupt();
                journal.append(events.intent());
                assertThat(Thread.interrupted()).isTrue();
            }
        }
    }

    @Test
    void records_in_memory_are_written_soon_and_in_order_by_whoever_writes() throws IOException {
        List<UUID> given = new ArrayList<>();
        try (Journal journal =
                events.journal(temp).levels(AuditLevels.all(AuditLevel.MEMORY)).open(disk)) {
            for (int i = 0; i < 10_000; i++) {
                AuditEvent event = events.denied();
                journal.append(event);
                given.add(event.id());
            }
            soon().until(() -> journal.committed().sequence() == 1 + given.size());
        }
        assertThat(Events.in(temp).stream().skip(1).limit(given.size()).map(AuditEvent::id))
                .containsExactlyElementsOf(given);
    }

    @Test
    void records_of_both_kinds_at_once_all_arrive() throws Exception {
        AuditLevels mixed = new AuditLevels(
                new Calls(AuditLevel.POWER, AuditLevel.MEMORY), new Calls(AuditLevel.PROCESS, AuditLevel.PROCESS));
        int threads = 8;
        int calls = 300;
        try (Journal journal =
                events.journal(temp).segmentBytes(100_000).levels(mixed).open(disk)) {
            List<CompletableFuture<Void>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(CompletableFuture.runAsync(() -> {
                    for (int call = 0; call < calls; call++) {
                        AuditEvent intent = events.intent();
                        journal.append(intent);
                        journal.append(events.outcome(intent));
                    }
                }));
            }
            CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
        }
        JournalReport report = new JournalVerifier(temp).verify();
        assertThat(report.damages()).isEmpty();
        assertThat(report.openCalls()).isEmpty();
        assertThat(Events.in(temp).stream()
                        .filter(event -> event.target().operationId().equals("getOrder")))
                .hasSize(2 * threads * calls);
    }
}
