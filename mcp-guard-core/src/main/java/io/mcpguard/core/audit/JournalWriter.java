package io.mcpguard.core.audit;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.core.audit.JournalStatus.Room;
import io.mcpguard.error.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes batches of records and what the journal has to say between them, and stands failures. For one thread at a time, in
 * turns that {@link AppendTurns} gives.
 */
final class JournalWriter {

    private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);

    /** After a failure records are refused for so long before the disk is asked again. */
    private static final long RETRY_NANOS = 50_000_000;

    /** The same after a disk did not keep what it was told to; each try leaves a file behind until one works. */
    private static final long FORCE_RETRY_NANOS = 1_000_000_000;

    private final JournalFolder folder;
    private final JournalNotices notices;
    private final ChainWriter chain;
    private final JournalQuota quota;
    private final OpenCalls openCalls = new OpenCalls();
    private final AtomicReference<@Nullable Throwable> notForced = new AtomicReference<>();
    private final RemoteCommit remoteCommit = new RemoteCommit();
    private @Nullable DiskCommit diskCommit;
    private volatile @Nullable Throwable failure;
    private long failedAt;
    private long retryNanos = RETRY_NANOS;
    private long refused;
    private final AtomicLong refusedInAll = new AtomicLong();
    private volatile Room room = Room.FOR_ALL;
    private Room roomTold = Room.FOR_ALL;
    private long refusedForRoom;
    private boolean ended;

    private JournalWriter(JournalFolder folder, JournalNotices notices, ChainWriter chain, JournalQuota quota) {
        this.quota = quota;
        this.folder = folder;
        this.notices = notices;
        this.chain = chain;
    }

    /**
     * Takes the folder, finishes what the last process left and begins a chain.
     *
     * @throws ConfigurationException when another journal has the folder
     * @throws IOException when it cannot be written to
     */
    static JournalWriter begin(
            JournalFolder folder, SegmentDisk disk, long segmentBytes, long mostBytes, Uuid7 ids, InstantSource clock)
            throws IOException {
        Files.createDirectories(folder.path());
        FolderLock lock = FolderLock.take(folder);
        ChainWriter chain = null;
        try {
            JournalNotices notices = new JournalNotices(ids, clock);
            Recovery found = Recovery.of(folder);
            ChainId id = new ChainId(found.lastEpoch() + 1, ids.next().getLeastSignificantBits());
            Tip previous = found.previous();
            Tip start = new Tip(id, 0, previous == null ? JournalFormat.noHash() : previous.hash());
            JournalQuota quota = new JournalQuota(folder, mostBytes);
            chain = new ChainWriter(folder, lock, start, disk, segmentBytes, quota);
            if (found.tipState().equals(Recovery.NEW)) {
                chain.claimFolder();
            }
            List<byte[]> payloads = new ArrayList<>();
            payloads.add(AuditEventJson.payload(notices.started(id, found)));
            for (AuditEvent orphan : found.orphans()) {
                payloads.add(AuditEventJson.payload(notices.orphaned(orphan)));
            }
            chain.commitAll(payloads);
            report(folder, found);
            return new JournalWriter(folder, notices, chain, quota);
        } catch (IOException | RuntimeException e) {
            if (chain != null) {
                chain.close();
            }
            lock.close();
            throw e;
        }
    }

    private static void report(JournalFolder folder, Recovery found) {
        if (!found.tipState().equals(Recovery.NEW) && !found.tipState().equals(Recovery.FOUND)) {
            LOG.error(
                    "The tip of the audit journal {} is {}: records at its end may be missing. Run audit verify.",
                    folder.path(),
                    found.tipState());
        }
        if (found.tornBytes() > 0 || !found.orphans().isEmpty()) {
            LOG.warn(
                    "The last process with the audit journal {} did not end its calls: {} bytes of a half-written record"
                            + " cut off, {} calls recorded as orphaned.",
                    folder.path(),
                    found.tornBytes(),
                    found.orphans().size());
        }
    }

    /** From now on records of that level wait until the disk itself has them. */
    void commitToDisk() {
        diskCommit = DiskCommit.start(chain.unforced(), notForced::set);
    }

    /** How it stands; for any thread. */
    JournalStatus status() {
        Throwable why = failure;
        return new JournalStatus(
                quota.used(),
                quota.most(),
                room,
                chain.tip().sequence(),
                refusedInAll.get(),
                why == null ? Optional.empty() : Optional.of(String.valueOf(why)));
    }

    /** A segment that was complete has been deleted; for any thread. */
    void removed(long bytes) {
        quota.removed(bytes);
    }

    /** Returns when the disk has all that was written before; for threads that no request is on. */
    void force() throws IOException {
        if (diskCommit == null) {
            chain.unforced().force();
        }
    }

    /** What waits for a sink; for any thread. */
    RemoteCommit remoteCommit() {
        return remoteCommit;
    }

    /** The last record that was acknowledged; for any thread. */
    Tip committed() {
        return chain.tip();
    }

    /** Writes records that have been taken, and notes on each what became of it, without waking anybody. Never throws. */
    void write(List<PendingAppend> taken) {
        if (ended) {
            refuse(taken, new IllegalStateException("the audit journal is closed"));
            return;
        }
        List<PendingAppend> batch = withRoom(taken);
        if (batch.isEmpty()) {
            return;
        }
        Throwable unkept = notForced.getAndSet(null);
        if (unkept != null) {
            chain.leaveUnforced();
            failing(unkept, FORCE_RETRY_NANOS);
        }
        if (failure != null && System.nanoTime() - failedAt < retryNanos) {
            refuse(batch, failure);
            return;
        }
        try {
            List<byte[]> payloads = new ArrayList<>(batch.size() + 1);
            if (failure != null || chain.beginsSegment()) {
                payloads.add(AuditEventJson.payload(preface(chain.tip())));
            }
            if (room != roomTold) {
                long most = quota.most().orElseThrow();
                payloads.add(AuditEventJson.payload(notices.room(chain.tip().chain(), most, room, refusedForRoom)));
            }
            batch.forEach(pending -> payloads.add(pending.payload()));
            chain.commit(payloads);
            roomTold();
        } catch (Throwable e) {
            failing(e, retryNanos);
            refuse(batch, e);
            return;
        }
        if (failure != null) {
            LOG.warn("The audit journal {} can be written again; {} records were refused", folder.path(), refused);
            failure = null;
            refused = 0;
            retryNanos = RETRY_NANOS;
        }
        written(batch, chain.tip().sequence() - batch.size());
    }

    /** The records for which there is room; the others are refused. */
    private List<PendingAppend> withRoom(List<PendingAppend> taken) {
        Room now = quota.room(chain.segmentFile());
        if (now != room) {
            room = now;
            LOG.warn("The audit journal {} has {} bytes; there is room {} now", folder.path(), quota.used(), now);
        }
        if (now == Room.FOR_ALL) {
            return taken;
        }
        List<PendingAppend> kept = new ArrayList<>(taken.size());
        List<PendingAppend> without = new ArrayList<>();
        for (PendingAppend pending : taken) {
            (JournalQuota.takes(now, pending, openCalls) ? kept : without).add(pending);
        }
        refusedForRoom += without.size();
        refusedInAll.addAndGet(without.size());
        if (!without.isEmpty()) {
            IOException why = new IOException("the journal has no room for this record: " + quota.used()
                    + " bytes are used of " + quota.most().orElseThrow()
                    + "; give it more, or a retention, or mend its sinks");
            without.forEach(pending -> pending.failed(why));
        }
        return kept;
    }

    private void roomTold() {
        roomTold = room;
        if (room == Room.FOR_ALL) {
            refusedForRoom = 0;
        }
    }

    private void written(List<PendingAppend> batch, long before) {
        long sequence = before;
        boolean onDisk = false;
        boolean inSink = false;
        for (PendingAppend pending : batch) {
            sequence++;
            openCalls.saw(pending.stage(), pending.callId(), sequence);
            pending.written(sequence);
            if (diskCommit != null && pending.level().compareTo(AuditLevel.POWER) >= 0) {
                diskCommit.add(pending);
                onDisk = true;
            }
            if (pending.level() == AuditLevel.REMOTE) {
                remoteCommit.add(pending);
                inSink = true;
            }
        }
        if (onDisk && diskCommit != null) {
            diskCommit.begin();
        }
        if (inSink) {
            remoteCommit.begin();
        }
    }

    private AuditEvent preface(Tip tip) {
        long openSince = openCalls.since(tip.sequence() + 1);
        return failure == null
                ? notices.continued(tip.chain(), openSince)
                : notices.mended(tip.chain(), openSince, refused, failure);
    }

    private void failing(Throwable why, long retryAfterNanos) {
        if (failure == null) {
            LOG.error("The audit journal {} cannot be written; calls are refused until it can", folder.path(), why);
        }
        failure = why;
        failedAt = System.nanoTime();
        retryNanos = retryAfterNanos;
    }

    private void refuse(List<PendingAppend> batch, Throwable why) {
        refused += batch.size();
        refusedInAll.addAndGet(batch.size());
        batch.forEach(pending -> pending.failed(why));
    }

    /** Writes the last record and lets go of the folder; what comes afterwards is refused. */
    void end() {
        if (ended) {
            return;
        }
        ended = true;
        try {
            chain.commit(
                    List.of(AuditEventJson.payload(notices.stopped(chain.tip().chain(), openCalls))));
        } catch (IOException | RuntimeException e) {
            LOG.error("The audit journal {} could not write its last record", folder.path(), e);
        }
        try {
            chain.close();
        } catch (IOException e) {
            LOG.error("The audit journal {} could not close its files", folder.path(), e);
        }
        if (diskCommit != null) {
            diskCommit.close();
        }
    }
}
