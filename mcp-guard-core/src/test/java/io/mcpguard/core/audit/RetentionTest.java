package io.mcpguard.core.audit;

import static io.mcpguard.core.audit.Events.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditSink;
import io.mcpguard.core.audit.JournalDamage.Kind;
import io.mcpguard.error.AuditWriteException;
import io.mcpguard.error.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {

    private static final long SEGMENT = 8 << 10;
    private static final Duration KEEP = Duration.ofDays(30);
    private static final SinkFeeder.Pace FAST = new SinkFeeder.Pace(
            Duration.ofSeconds(30), Duration.ofMillis(1), Duration.ofMillis(10), Duration.ofMillis(1));

    @TempDir
    Path temp;

    private final Events events = new Events();

    private Journal journal() {
        return events.journal(temp).segmentBytes(SEGMENT).open();
    }

    private Retention retention(Journal journal) {
        return Retention.of(journal, KEEP, null, events.clock, events.ids);
    }

    private void calls(Journal journal, int count) {
        for (int i = 0; i < count; i++) {
            AuditEvent intent = events.intent();
            journal.append(intent);
            journal.append(events.outcome(intent));
        }
    }

    private List<SegmentId> segments() throws IOException {
        return new JournalFolder(temp).segments();
    }

    private JournalReport verify() throws IOException {
        return new JournalVerifier(temp).verify();
    }

    @Test
    void old_segments_go_and_the_journal_says_so_and_is_whole() throws IOException {
        try (Journal journal = journal()) {
            calls(journal, 100);
            List<SegmentId> before = segments();
            events.clock.move(KEEP.plusDays(1));
            calls(journal, 20);
            try (Retention retention = retention(journal)) {
                retention.removeOld();
            }
            List<SegmentId> after = segments();

            assertThat(after).isNotEmpty().doesNotContain(before.get(0));
            assertThat(Events.in(temp))
                    .filteredOn(RemovedRecords::isOne)
                    .hasSize(before.size() - 1)
                    .last()
                    .satisfies(notice -> assertThat(notice.arguments())
                            .containsEntry(
                                    "/sequence", Long.toString(after.get(0).firstSequence() - 1)));
        }
        JournalReport report = verify();
        assertThat(report.damages()).isEmpty();
        assertThat(report.removedUpTo().map(RecordMark::sequence))
                .contains(segments().get(0).firstSequence() - 1);
        assertThat(report.remarks()).singleElement().asString().contains("it says itself that it has deleted");
    }

    @Test
    void young_segments_stay() throws IOException {
        try (Journal journal = journal();
                Retention retention = retention(journal)) {
            calls(journal, 100);
            List<SegmentId> before = segments();
            events.clock.move(KEEP.minusSeconds(1));
            retention.removeOld();

            assertThat(segments()).isEqualTo(before);
        }
    }

    @Test
    void whole_chains_of_earlier_processes_go_too() throws IOException {
        for (int i = 0; i < 3; i++) {
            try (Journal journal = journal()) {
                calls(journal, 30);
            }
        }
        try (Journal journal = journal();
                Retention retention = retention(journal)) {
            events.clock.move(KEEP.plusDays(1));
            calls(journal, 3);
            retention.removeOld();

            assertThat(segments())
                    .allSatisfy(left -> assertThat(left.chain().epoch()).isEqualTo(4));
        }
        assertThat(verify().damages()).isEmpty();
        try (Journal journal = journal()) {
            calls(journal, 3);
        }
        assertThat(verify().damages()).isEmpty();
    }

    @Test
    void a_segment_with_a_call_that_is_still_open_stays() throws IOException {
        try (Journal journal = journal();
                Retention retention = retention(journal)) {
            calls(journal, 40);
            AuditEvent open = events.intent();
            journal.append(open);
            events.clock.move(KEEP.plusDays(1));
            calls(journal, 100);
            retention.removeOld();
            assertThat(Events.in(temp))
                    .contains(Events.in(temp).stream()
                            .filter(event -> event.id().equals(open.id()))
                            .findFirst()
                            .orElseThrow());

            journal.append(events.outcome(open));
            calls(journal, 40);
            events.clock.move(KEEP.plusDays(1));
            calls(journal, 40);
            retention.removeOld();
            assertThat(Events.in(temp)).noneMatch(event -> event.id().equals(open.id()));
        }
        assertThat(verify().damages()).isEmpty();
    }

    @Test
    void nothing_goes_that_a_sink_has_not_taken() throws IOException {
        AtomicBoolean down = new AtomicBoolean(true);
        AuditSink sink = batch -> {
            if (down.get()) {
                throw new AuditWriteException("down", null);
            }
        };
        try (Journal journal = journal()) {
            calls(journal, 100);
            events.clock.move(KEEP.plusDays(1));
            calls(journal, 20);
            try (SinkFeeder feeder = SinkFeeder.start(journal, Map.of("remote", sink), FAST);
                    Retention retention = Retention.of(journal, KEEP, feeder, events.clock, events.ids)) {
                List<SegmentId> before = segments();
                soon().until(() -> feeder.status().get(0).failedBatches() > 0);
                retention.removeOld();
                assertThat(segments()).isEqualTo(before);

                down.set(false);
                long end = journal.committed().sequence();
                soon().until(() ->
                        feeder.passed().get(0).map(SegmentId::firstSequence).equals(Optional.of(end)));
                retention.removeOld();
                assertThat(segments()).hasSizeLessThan(before.size());
            }
        }
    }

    @Test
    void a_deletion_that_a_kill_interrupted_is_no_damage_and_an_archive_may_be_put_back() throws IOException {
        JournalFolder folder = new JournalFolder(temp);
        Map<SegmentId, byte[]> archive = new TreeMap<>();
        try (Journal journal = journal();
                Retention retention = retention(journal)) {
            calls(journal, 100);
            for (SegmentId segment : segments()) {
                archive.put(segment, Files.readAllBytes(folder.segment(segment)));
            }
            events.clock.move(KEEP.plusDays(1));
            calls(journal, 20);
            retention.removeOld();
        }
        List<SegmentId> gone = archive.keySet().stream()
                .filter(one -> !Files.exists(folder.segment(one)))
                .toList();
        assertThat(gone).hasSizeGreaterThan(2);

        // Back to front, each time as a kill between the record and the deletion would have left it.
        for (int i = gone.size() - 1; i >= 0; i--) {
            Files.write(folder.segment(gone.get(i)), archive.get(gone.get(i)));
            assertThat(verify().damages()).isEmpty();
        }
        assertThat(verify().removedUpTo()).isEmpty();

        Files.delete(folder.segment(gone.get(1)));
        assertThat(verify().damages()).extracting(JournalDamage::kind).containsExactly(Kind.MISSING);
    }

    @Test
    void what_somebody_else_deletes_is_still_missing() throws IOException {
        try (Journal journal = journal();
                Retention retention = retention(journal)) {
            calls(journal, 100);
            events.clock.move(KEEP.plusDays(1));
            calls(journal, 100);
            retention.removeOld();
        }
        JournalFolder folder = new JournalFolder(temp);
        Files.delete(folder.segment(segments().get(0)));

        assertThat(verify().damages()).extracting(JournalDamage::kind).containsExactly(Kind.MISSING);
    }

    @Test
    void a_deletion_that_cannot_be_recorded_is_not_made() throws IOException {
        Journal journal = journal();
        try (Retention retention = retention(journal)) {
            calls(journal, 100);
            events.clock.move(KEEP.plusDays(1));
            calls(journal, 20);
            List<SegmentId> before = segments();
            journal.close();

            assertThatThrownBy(retention::removeOld).isInstanceOf(IOException.class);
            assertThat(segments()).containsAll(before);
        }
    }

    @Test
    void a_time_that_is_not_positive_is_refused() {
        try (Journal journal = journal()) {
            assertThatThrownBy(() -> Retention.of(journal, Duration.ZERO, null, events.clock, events.ids))
                    .isInstanceOf(ConfigurationException.class);
        }
    }
}
