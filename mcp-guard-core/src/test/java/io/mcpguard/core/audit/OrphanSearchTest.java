package io.mcpguard.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrphanSearchTest {

    @TempDir
    Path temp;

    private final Events events = new Events();

    @Test
    void finds_calls_left_open_in_any_segment_and_only_those() throws IOException {
        AuditEvent early = events.intent();
        AuditEvent late = events.intent();
        Path killed = temp.resolve("killed");
        try (Journal journal =
                events.journal(temp.resolve("running")).segmentBytes(3_000).open()) {
            finished(journal, 20);
            journal.append(early);
            finished(journal, 20);
            journal.append(late);
            SmallJournal.copy(temp.resolve("running"), killed);
        }

        assertThat(orphansOfNextStart(killed)).containsExactly(early.callId(), late.callId());
        assertThat(orphansOfNextStart(killed)).isEmpty();
    }

    @Test
    void reads_no_segment_from_before_the_oldest_open_call() throws IOException {
        AuditEvent open = events.intent();
        Path killed = temp.resolve("killed");
        try (Journal journal =
                events.journal(temp.resolve("running")).segmentBytes(3_000).open()) {
            finished(journal, 40);
            journal.append(open);
            finished(journal, 10);
            SmallJournal.copy(temp.resolve("running"), killed);
        }
        List<SegmentId> segments = new JournalFolder(killed).segments();
        for (SegmentId segment : segments.subList(1, segments.size() / 2)) {
            Files.delete(new JournalFolder(killed).segment(segment));
        }

        // Had it opened one of the deleted files in the list it was given, it would have failed.
        List<AuditEvent> found = new OrphanSearch(new JournalFolder(killed), segments).find();

        assertThat(found).extracting(AuditEvent::callId).containsExactly(open.callId());
    }

    @Test
    void a_start_that_was_killed_among_its_orphans_leaves_the_rest_to_the_next() throws IOException {
        Path killed = temp.resolve("killed");
        AuditEvent one = events.intent();
        AuditEvent other = events.intent();
        try (Journal journal = events.journal(temp.resolve("running")).open()) {
            journal.append(one);
            journal.append(other);
            SmallJournal.copy(temp.resolve("running"), killed);
        }
        Recovery found = Recovery.of(new JournalFolder(killed));
        JournalNotices notices = new JournalNotices(events.ids, events.clock);
        ChainId chain = new ChainId(2, 7);
        Tip previous = Objects.requireNonNull(found.previous());
        ChainWriter writer = new ChainWriter(
                new JournalFolder(killed),
                FolderLock.take(new JournalFolder(killed)),
                new Tip(chain, 0, previous.hash()),
                SegmentDisk.REAL,
                1 << 20,
                new JournalQuota(new JournalFolder(killed), 0));
        writer.commit(List.of(
                AuditEventJson.payload(notices.started(chain, found)),
                AuditEventJson.payload(notices.orphaned(found.orphans().get(0)))));
        writer.close();

        assertThat(orphansOfNextStart(killed)).containsExactly(other.callId());

        assertThat(new JournalVerifier(killed).verify().damages()).isEmpty();
        assertThat(new JournalVerifier(killed).verify().orphans()).containsExactly(one.callId(), other.callId());
    }

    private List<UUID> orphansOfNextStart(Path folder) throws IOException {
        int before = Events.in(folder).size();
        events.journal(folder).open().close();
        return Events.in(folder).stream()
                .skip(before)
                .filter(event -> event.stage() == Stage.ORPHANED)
                .map(AuditEvent::callId)
                .toList();
    }

    private void finished(Journal journal, int calls) {
        for (int i = 0; i < calls; i++) {
            AuditEvent intent = events.intent();
            journal.append(intent);
            journal.append(events.outcome(intent));
        }
    }
}
