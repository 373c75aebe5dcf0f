package io.mcpguard.core.audit;

import static io.mcpguard.core.audit.Events.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.Stage;
import io.mcpguard.error.AuditWriteException;
import io.mcpguard.error.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalQuotaTest {

    private static final long SEGMENT = 16 << 10;
    private static final long QUOTA = 64 * SEGMENT;

    @TempDir
    Path temp;

    private final Events events = new Events();

    private Journal journal() {
        return events.journal(temp).segmentBytes(SEGMENT).quota(QUOTA).open();
    }

    /** How many of these are taken before the first is refused. */
    private static int fill(Journal journal, java.util.function.Supplier<AuditEvent> next) {
        for (int i = 0; i < 100_000; i++) {
            try {
                journal.append(next.get());
            } catch (AuditWriteException e) {
                return i;
            }
        }
        throw new AssertionError("nothing was refused");
    }

    private long used() throws IOException {
        long bytes = 0;
        for (Path file : new JournalFolder(temp).walFiles()) {
            bytes += Files.size(file);
        }
        return bytes;
    }

    @Test
    void refusals_find_no_room_in_the_last_quarter_and_calls_do() {
        try (Journal journal = journal()) {
            assertThat(fill(journal, events::denied)).isPositive();

            assertThatThrownBy(() -> journal.append(events.denied()))
                    .isInstanceOf(AuditWriteException.class)
                    .hasMessageContaining("no room for this record")
                    .hasMessageContaining("give it more, or a retention, or mend its sinks");
            AuditEvent intent = events.intent();
            assertThatCode(() -> journal.append(intent)).doesNotThrowAnyException();
            assertThatCode(() -> journal.append(events.outcome(intent))).doesNotThrowAnyException();
        }
    }

    @Test
    void a_refusal_that_ends_a_call_that_was_begun_is_no_refusal_to_save_room_on() {
        try (Journal journal = journal()) {
            AuditEvent intent = events.intent();
            journal.append(intent);
            fill(journal, events::denied);

            assertThatCode(() -> journal.append(events.event(intent.callId(), Stage.DENIED, "getOrder")))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void what_was_begun_can_end_when_nothing_else_can_begin() throws IOException {
        List<AuditEvent> open = new ArrayList<>();
        try (Journal journal = journal()) {
            for (int i = 0; i < 5; i++) {
                AuditEvent intent = events.intent();
                journal.append(intent);
                open.add(intent);
            }
            fill(journal, events::intent);

            open.forEach(intent ->
                    assertThatCode(() -> journal.append(events.outcome(intent))).doesNotThrowAnyException());
        }
        assertThat(used()).isLessThan(QUOTA + SEGMENT);
        assertThat(new JournalVerifier(temp).verify().damages()).isEmpty();
    }

    @Test
    void goes_on_when_somebody_makes_room_and_says_how_much_was_refused() throws IOException {
        try (Journal journal = journal()) {
            fill(journal, events::intent);
            int refused = 1;
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> journal.append(events.intent())).isInstanceOf(AuditWriteException.class);
                refused++;
            }
            List<Path> segments = new JournalFolder(temp).walFiles();
            for (Path old : segments.subList(0, segments.size() - 2)) {
                Files.delete(old);
            }
            int[] tries = {0};
            soon().untilAsserted(() -> {
                tries[0]++;
                assertThatCode(() -> journal.append(events.intent())).doesNotThrowAnyException();
            });
            refused += tries[0] - 1;

            String told = Integer.toString(refused);
            assertThat(Events.in(temp))
                    .filteredOn(event -> event.method().equals(JournalNotices.QUOTA))
                    .last()
                    .satisfies(notice -> assertThat(notice.arguments())
                            .containsEntry("/room", "for-all")
                            .containsEntry("/quota", Long.toString(QUOTA))
                            .containsEntry("/refused", told));
        }
    }

    @Test
    void says_in_the_trail_from_when_on_room_is_kept_for_calls() throws IOException {
        try (Journal journal = journal()) {
            fill(journal, events::denied);
            journal.append(events.intent());

            assertThat(Events.in(temp))
                    .filteredOn(event -> event.method().equals(JournalNotices.QUOTA))
                    .singleElement()
                    .satisfies(notice -> assertThat(notice.arguments()).containsEntry("/room", "for-calls"));
        }
    }

    @Test
    void counts_what_an_earlier_process_has_left() {
        try (Journal journal = journal()) {
            fill(journal, events::denied);
        }
        try (Journal journal = journal()) {
            assertThatThrownBy(() -> journal.append(events.denied())).isInstanceOf(AuditWriteException.class);
        }
    }

    @Test
    void a_quota_that_holds_too_few_segments_is_refused() {
        assertThatThrownBy(() -> events.journal(temp)
                        .segmentBytes(SEGMENT)
                        .quota(SEGMENT)
                        .open())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("too small");
        assertThat(temp.resolve("lock")).doesNotExist();
    }
}
