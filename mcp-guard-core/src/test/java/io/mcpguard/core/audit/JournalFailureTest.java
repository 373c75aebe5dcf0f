package io.mcpguard.core.audit;

import static io.mcpguard.core.audit.Events.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.Stage;
import io.mcpguard.core.audit.JournalDamage.Kind;
import io.mcpguard.error.AuditWriteException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFailureTest {

    @TempDir
    Path temp;

    private final Events events = new Events();

    @Test
    void a_full_disk_fails_appends_and_free_space_mends_it() throws IOException {
        FailingDisk disk = new FailingDisk();
        Path folder = temp.resolve("audit");
        List<UUID> kept = new ArrayList<>();
        int refused = 0;
        try (Journal journal = events.journal(folder).segmentBytes(2_000).open(disk)) {
            disk.room(2_500);
            for (int i = 0; i < 10; i++) {
                AuditEvent event = events.denied();
                try {
                    journal.append(event);
                    kept.add(event.id());
                } catch (AuditWriteException e) {
                    assertThat(e).hasMessageContaining("No space left on device");
                    refused++;
                }
            }
            assertThat(refused).isBetween(5, 9);
            assertThat(new JournalVerifier(folder).verify().damages()).isEmpty();

            disk.room(Long.MAX_VALUE);
            soon().untilAsserted(() -> {
                AuditEvent event = events.denied();
                assertThatCode(() -> journal.append(event)).doesNotThrowAnyException();
                kept.add(event.id());
            });
        }

        List<AuditEvent> all = Events.in(folder);
        assertThat(all.stream().filter(event -> event.stage() == Stage.DENIED).map(AuditEvent::id))
                .containsExactlyElementsOf(kept);
        AuditEvent mended = all.stream()
                .filter(event -> event.method().equals("journal-mended"))
                .findFirst()
                .orElseThrow();
        assertThat(Integer.parseInt(mended.arguments().get("/refused"))).isGreaterThanOrEqualTo(refused);
        assertThat(mended.arguments().get("/cause")).contains("No space left on device");
        JournalReport report = new JournalVerifier(folder).verify();
        assertThat(report.damages()).isEmpty();
        assertThat(report.remarks()).isEmpty();
        assertThat(report.segments()).isEqualTo(2);
    }

    @Test
    void a_disk_that_is_full_from_the_start_refuses_the_start() {
        FailingDisk disk = new FailingDisk();
        disk.room(10);

        assertThatThrownBy(() -> events.journal(temp).open(disk)).hasMessageContaining("No space left on device");

        disk.room(Long.MAX_VALUE);
        events.journal(temp).open(disk).close();
        assertThatCode(() ->
                        assertThat(new JournalVerifier(temp).verify().damages()).isEmpty())
                .doesNotThrowAnyException();
    }

    @Test
    void a_deleted_folder_fails_appends_within_a_moment() throws IOException {
        Path folder = temp.resolve("audit");
        Path away = temp.resolve("away");
        try (Journal journal = events.journal(folder).open()) {
            journal.append(events.denied());
            Files.move(folder, away);

            soon().untilAsserted(() ->
                    assertThatThrownBy(() -> journal.append(events.denied())).isInstanceOf(AuditWriteException.class));
            assertThat(folder).doesNotExist();

            Files.move(away, folder);
            appendWhenMended(journal);
        }
        assertThat(new JournalVerifier(folder).verify().damages()).isEmpty();
    }

    @Test
    void a_folder_that_comes_back_later_has_no_more_than_was_acknowledged() throws IOException {
        Path folder = temp.resolve("audit");
        Path away = temp.resolve("away");
        try (Journal journal = events.journal(folder).open()) {
            journal.append(events.denied());
            Files.move(folder, away);
            soon().untilAsserted(() -> assertThatThrownBy(() -> journal.append(events.denied()))
                    .as("the journal has left its segment and wants the folder again")
                    .hasMessageContaining("NoSuchFileException")
                    .hasMessageContaining("lock"));

            Files.move(away, folder);
            appendWhenMended(journal);
        }
        assertThat(new JournalVerifier(folder).verify().damages()).isEmpty();
    }

    @Test
    void a_folder_that_comes_back_empty_is_used_again_and_what_is_gone_is_missed() throws IOException {
        Path folder = temp.resolve("audit");
        try (Journal journal = events.journal(folder).open()) {
            journal.append(events.denied());
            deleteAll(folder);
            soon().untilAsserted(() ->
                    assertThatThrownBy(() -> journal.append(events.denied())).isInstanceOf(AuditWriteException.class));
            Files.createDirectory(folder);

            appendWhenMended(journal);

            assertThatThrownBy(() -> events.journal(folder).open()).hasMessageContaining("in use by process");
        }
        assertThat(new JournalVerifier(folder).verify().damages())
                .anyMatch(damage -> damage.kind() == Kind.MISSING && damage.lastSequence() == 2);
    }

    @Test
    void a_deleted_segment_tip_or_lock_fails_appends_within_a_moment() throws IOException {
        for (String which : List.of("segment", "tip", "lock")) {
            Path folder = temp.resolve(which);
            try (Journal journal = events.journal(folder).open()) {
                journal.append(events.denied());
                Path file = which.equals("segment")
                        ? new JournalFolder(folder).walFiles().get(0)
                        : folder.resolve(which);
                Files.delete(file);

                soon().untilAsserted(() -> assertFails(journal));
                appendWhenMended(journal);
            }
            assertThat(new JournalVerifier(folder).verify().isWhole()).isEqualTo(!which.equals("segment"));
        }
    }

    @Test
    void a_segment_changed_by_somebody_else_fails_appends_within_a_moment() throws IOException {
        try (Journal journal = events.journal(temp).open()) {
            journal.append(events.denied());
            Path segment = new JournalFolder(temp).walFiles().get(0);
            try (FileChannel other = FileChannel.open(segment, StandardOpenOption.WRITE)) {
                other.truncate(200);
            }

            soon().untilAsserted(() -> assertThatThrownBy(() -> journal.append(events.denied()))
                    .isInstanceOf(AuditWriteException.class)
                    .hasMessageContaining("was changed by somebody else"));
        }
        assertThat(new JournalVerifier(temp).verify().isWhole()).isFalse();
    }

    @Test
    void a_disk_that_hangs_holds_one_thread_and_fails_the_others_at_their_deadline_unwritten() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        FailingDisk slow = new FailingDisk();
        slow.beforeCreate(file -> {
            if (!file.toString().endsWith("0000000000000001.wal")) {
                hanging.countDown();
                FailingDisk.hangUntil(released);
            }
        });
        Journal.Builder builder = events.journal(temp).segmentBytes(1).appendDeadline(Duration.ofMillis(200));
        AuditEvent written = events.denied();
        AuditEvent givenUp = events.denied();
        try (Journal journal = builder.open(slow)) {
            CompletableFuture<Void> first = CompletableFuture.runAsync(() -> journal.append(written));
            assertThat(hanging.await(10, TimeUnit.SECONDS)).isTrue();

            assertThatThrownBy(() -> journal.append(givenUp))
                    .isInstanceOf(AuditWriteException.class)
                    .hasMessageContaining("did not get to a record in time");

            assertThat(first).isNotDone();
            released.countDown();
            assertThat(first).succeedsWithin(Duration.ofSeconds(10));
        }
        assertThat(Events.in(temp).stream().map(AuditEvent::id))
                .contains(written.id())
                .doesNotContain(givenUp.id());
    }

    private void assertFails(Journal journal) {
        assertThatThrownBy(() -> journal.append(events.denied()))
                .isInstanceOf(AuditWriteException.class)
                .hasMessageContaining("was deleted or replaced");
    }

    private void appendWhenMended(Journal journal) {
        soon().untilAsserted(() ->
                assertThatCode(() -> journal.append(events.denied())).doesNotThrowAnyException());
    }

    private static void deleteAll(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
