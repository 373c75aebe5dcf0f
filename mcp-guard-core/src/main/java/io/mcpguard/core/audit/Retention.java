package io.mcpguard.core.audit;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.error.AuditWriteException;
import io.mcpguard.error.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the oldest segments of a journal: those whose records are old enough, which every sink has taken, and in which no call
 * is still open. Before a segment goes, a record with the hash of its last record is on the disk, so that a journal that begins
 * later than its first record says itself why.
 *
 * <p>A thread of its own looks once a minute. What it cannot do it says in the log, and tries again.
 *
 * @since 0.1
 */
public final class Retention implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final Duration LOOK = Duration.ofMinutes(1);
    private static final long LAST_CHANCE_MILLIS = 2000;

    private final Journal journal;
    private final JournalFolder folder;
    private final Duration keep;
    private final Supplier<List<Optional<SegmentId>>> passed;
    private final InstantSource clock;
    private final Uuid7 ids;
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "mcp-guard-journal-retention");
        thread.setDaemon(true);
        return thread;
    });

    private Retention(
            Journal journal,
            Duration keep,
            Supplier<List<Optional<SegmentId>>> passed,
            InstantSource clock,
            Uuid7 ids) {
        this.journal = journal;
        this.folder = new JournalFolder(journal.folder());
        this.keep = keep;
        this.passed = passed;
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * Starts to delete what is old.
     *
     * @param journal the journal
     * @param keep how long a record stays at least; positive
     * @param sinks who has to have taken a record first; null when there is nobody
     * @param clock tells how old records are
     * @param ids names the records of deletions
     * @return the running retention; closing it ends it
     * @throws ConfigurationException when the time is not positive
     */
    public static Retention start(
            Journal journal, Duration keep, @Nullable SinkFeeder sinks, InstantSource clock, Uuid7 ids) {
        Retention retention = of(journal, keep, sinks, clock, ids);
        retention.begin();
        return retention;
    }

    static Retention of(Journal journal, Duration keep, @Nullable SinkFeeder sinks, InstantSource clock, Uuid7 ids) {
        if (keep.isNegative() || keep.isZero()) {
            throw new ConfigurationException("audit retention", "records are kept for a positive time");
        }
        Objects.requireNonNull(clock, "clock");
        return new Retention(journal, keep, () -> sinks == null ? List.of() : sinks.passed(), clock, ids);
    }

    private void begin() {
        var unused = timer.scheduleWithFixedDelay(this::look, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            removeOld();
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "Old segments of the audit journal {} could not be deleted; this is tried again",
                    journal.folder(),
                    e);
        }
    }

    /** Deletes what may be deleted now. */
    synchronized void removeOld() throws IOException {
        List<SegmentId> segments = folder.segments();
        for (int i = 0; i + 1 < segments.size(); i++) {
            SegmentId next = segments.get(i + 1);
            Tip last = endBefore(next, segments.get(i));
            if (last == null || !mayGo(last, next, segments)) {
                return;
            }
            remove(segments.get(i), last);
        }
    }

    /** The last record before a segment, as it says itself; null when that is not one of the segment before. */
    private @Nullable Tip endBefore(SegmentId next, SegmentId segment) throws IOException {
        try (SegmentScanner scanner = new SegmentScanner(folder.segment(next))) {
            byte[] hash =
                    scanner.header().map(JournalFormat.Header::previousHash).orElse(null);
            if (hash == null) {
                return null;
            }
            if (next.chain().equals(segment.chain())) {
                return new Tip(segment.chain(), next.firstSequence() - 1, hash);
            }
            Tip named = scanner.next() instanceof Frame first ? previous(first) : null;
            return named != null && named.chain().equals(segment.chain()) ? named : null;
        }
    }

    private static @Nullable Tip previous(Frame first) {
        try {
            return Genesis.of(AuditEventJson.parse(first.payload()))
                    .map(Genesis::previous)
                    .orElse(null);
        } catch (MalformedRecordException e) {
            return null;
        }
    }

    private boolean mayGo(Tip last, SegmentId next, List<SegmentId> segments) throws IOException {
        SegmentId end = new SegmentId(last.chain(), last.sequence());
        for (Optional<SegmentId> sink : passed.get()) {
            if (sink.isEmpty() || sink.get().compareTo(end) < 0) {
                return false;
            }
        }
        Instant begun = begun(next);
        return begun != null && !begun.isAfter(clock.instant().minus(keep)) && hasNoOpenCall(end, segments);
    }

    /** When a segment was begun, and so the one before it complete; null when it does not say. */
    private @Nullable Instant begun(SegmentId segment) throws IOException {
        try (SegmentScanner scanner = new SegmentScanner(folder.segment(segment))) {
            return scanner.next() instanceof Frame first
                    ? AuditEventJson.parse(first.payload()).time()
                    : null;
        } catch (MalformedRecordException e) {
            return null;
        }
    }

    /** Calls of earlier processes have ended with them. Of this one, the newest segment says where the oldest open call began. */
    private boolean hasNoOpenCall(SegmentId end, List<SegmentId> segments) throws IOException {
        if (!end.chain().equals(journal.committed().chain())) {
            return true;
        }
        long since = new OrphanSearch(folder, segments).openSince(segments.get(segments.size() - 1));
        return end.firstSequence() < since;
    }

    private void remove(SegmentId segment, Tip last) throws IOException {
        AuditEvent notice = new RemovedRecords(last).notice().event(ids.next(), clock.instant());
        try {
            journal.append(notice);
        } catch (AuditWriteException e) {
            throw new IOException("the deletion of " + segment.fileName() + " could not be recorded", e);
        }
        journal.force();
        Path file = folder.segment(segment);
        long bytes = Files.size(file);
        Files.delete(file);
        journal.removed(bytes);
        LOG.info("The segment {} of the audit journal was deleted: its records end with {}", segment.fileName(), last);
    }

    /** Ends it, after the segment that is being deleted. */
    @Override
    public void close() {
        timer.shutdown();
        try {
            if (!timer.awaitTermination(LAST_CHANCE_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.warn("The deletion of old segments of {} does not end", journal.folder());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
