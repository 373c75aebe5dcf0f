package io.mcpguard.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.ChainLink;
import io.mcpguard.audit.Stage;
import io.mcpguard.error.AuditWriteException;
import io.mcpguard.error.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    @TempDir
    Path temp;

    private final Events events = new Events();

    @Test
    void keeps_events_in_order_between_a_first_and_a_last_record() throws IOException {
        AuditEvent intent = events.intent();
        AuditEvent outcome = events.outcome(intent);

        try (Journal journal = events.journal(temp).open()) {
            journal.append(intent);
            journal.append(outcome);
        }

        List<AuditEvent> kept = Events.in(temp);
        assertThat(Events.texts(kept))
                .containsExactly(
                        "journal-started",
                        "INTENT " + intent.callId(),
                        "OUTCOME " + intent.callId(),
                        "journal-stopped");
        assertThat(kept.get(1).withLink(link(kept.get(1)))).isEqualTo(intent.withLink(link(kept.get(1))));
    }

    @Test
    void an_event_can_be_read_as_soon_as_append_returns() throws IOException {
        try (Journal journal = events.journal(temp).open()) {
            for (int i = 2; i < 20; i++) {
                AuditEvent event = events.denied();
                journal.append(event);

                List<AuditEvent> kept = Events.in(temp);
                assertThat(kept).hasSize(i);
                assertThat(kept.get(i - 1).id()).isEqualTo(event.id());
            }
        }
    }

    @Test
    void each_record_names_the_hash_of_the_one_before() throws IOException {
        try (Journal journal = events.journal(temp).open()) {
            for (int i = 0; i < 10; i++) {
                journal.append(events.denied());
            }
        }
        try (Journal journal = events.journal(temp).open()) {
            journal.append(events.denied());
        }

        List<AuditEvent> kept = Events.in(temp);
        String previous = "0".repeat(64);
        for (AuditEvent event : kept) {
            assertThat(link(event).previousHash()).isEqualTo(previous);
            previous = link(event).hash();
        }
        assertThat(kept.stream().map(event -> link(event).stream()).distinct()).hasSize(2);
    }

    @Test
    void rolls_segments_whose_names_sort_in_the_order_of_writing() throws IOException {
        List<UUID> written = new ArrayList<>();
        try (Journal journal = events.journal(temp).segmentBytes(4_000).open()) {
            for (int i = 0; i < 100; i++) {
                AuditEvent event = events.denied();
                written.add(event.id());
                journal.append(event);
            }
        }

        assertThat(new JournalFolder(temp).segments()).hasSizeGreaterThan(10);
        assertThat(Events.in(temp).stream()
                        .filter(event -> event.stage() == Stage.DENIED)
                        .map(AuditEvent::id))
                .containsExactlyElementsOf(written);
    }

    @Test
    void goes_on_in_a_new_chain_when_the_clock_has_gone_back() throws IOException {
        try (Journal journal = events.journal(temp).open()) {
            journal.append(events.denied());
        }
        events.clock.move(Duration.ofHours(-1));
        AuditEvent later = events.denied();
        try (Journal journal = events.journal(temp).open()) {
            journal.append(later);
        }

        List<AuditEvent> kept = Events.in(temp);
        assertThat(kept.get(kept.size() - 2).id()).isEqualTo(later.id());
        assertThat(kept.get(3).arguments())
                .containsEntry("/previous/sequence", "3")
                .containsEntry("/previous/hash", link(kept.get(2)).hash())
                .containsEntry("/previous/tip", "found");
    }

    @Test
    void many_threads_lose_nothing_and_keep_their_own_order() throws Exception {
        List<List<UUID>> written = Collections.synchronizedList(new ArrayList<>());
        try (Journal journal = events.journal(temp).segmentBytes(100_000).open()) {
            run(16, () -> {
                List<UUID> mine = new ArrayList<>();
                for (int i = 0; i < 100; i++) {
                    AuditEvent event = events.denied();
                    journal.append(event);
                    mine.add(event.id());
                }
                written.add(mine);
            });
        }

        List<UUID> kept = Events.in(temp).stream().map(AuditEvent::id).toList();
        assertThat(kept).hasSizeGreaterThan(1602).doesNotHaveDuplicates();
        for (List<UUID> mine : written) {
            assertThat(kept).containsSubsequence(mine);
        }
    }

    @Test
    void interrupted_threads_get_their_records_kept_and_keep_their_interrupt() throws Exception {
        List<UUID> written = Collections.synchronizedList(new ArrayList<>());
        try (Journal journal = events.journal(temp).open()) {
            run(8, () -> {
                for (int i = 0; i < 50; i++) {
                    AuditEvent event = events.denied();
                    Thread.currentThread().interrupt();
                    journal.append(event);
                    assertThat(Thread.interrupted()).isTrue();
                    written.add(event.id());
                }
            });
        }

        assertThat(Events.in(temp).stream().map(AuditEvent::id)).containsAll(written);
        assertThat(written).hasSize(400);
    }

    @Test
    void refuses_a_folder_that_another_journal_has() {
        try (Journal journal = events.journal(temp).open()) {
            assertThat(journal.folder()).isEqualTo(temp);
            assertThatThrownBy(() -> events.journal(temp).open())
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining(
                            "in use by process " + ProcessHandle.current().pid())
                    .hasMessageContaining("give each service a folder of its own");
        }

        events.journal(temp).open().close();
    }

    @Test
    void refuses_to_start_where_it_cannot_write() throws IOException {
        Path file = Files.createFile(temp.resolve("file"));

        assertThatThrownBy(() -> events.journal(file.resolve("audit")).open())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("cannot be opened")
                .hasMessageContaining("name a folder that this process may write to");
    }

    @Test
    void refuses_events_after_it_was_closed() {
        Journal journal = events.journal(temp).open();
        journal.close();
        journal.close();

        assertThatThrownBy(() -> journal.append(events.denied()))
                .isInstanceOf(AuditWriteException.class)
                .hasMessageContaining("closed");
    }

    static ChainLink link(AuditEvent event) {
        return event.link().orElseThrow();
    }

    private static void run(int threads, Runnable work) throws InterruptedException {
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(work);
            thread.setUncaughtExceptionHandler((any, failure) -> failures.add(failure));
            all.add(thread);
            thread.start();
        }
        for (Thread thread : all) {
            thread.join();
        }
        assertThat(failures).isEmpty();
    }
}
