package io.mcpguard.core.audit;

import io.mcpguard.core.audit.JournalFormat.Header;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the records of one chain into segments and moves the tip. For one thread at a time.
 *
 * <p>After a failure nothing is written to the same segment again: what was not acknowledged is cut off, and the next record
 * opens a new segment, as soon as that works.
 */
final class ChainWriter {

    /** Room for the largest record with a header and many small ones. */
    private static final int BUFFER_BYTES = 2 << 20;

    private static final int RESERVED_BYTES = 16 << 10;

    private final JournalFolder folder;
    private final SegmentDisk disk;
    private final UnforcedSegments unforced;
    private final long segmentBytes;
    private final JournalQuota quota;
    private final FolderWatch watch = new FolderWatch();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private final ChainId chain;
    private volatile Tip tip;
    private FolderLock lock;
    private TipFile tipFile;
    private @Nullable SegmentFile segment;
    private boolean broken;
    private boolean forceNext;

    ChainWriter(
            JournalFolder folder, FolderLock lock, Tip start, SegmentDisk disk, long segmentBytes, JournalQuota quota)
            throws IOException {
        this.quota = quota;
        this.folder = folder;
        this.lock = lock;
        this.chain = start.chain();
        this.tip = start;
        this.disk = disk;
        this.unforced = new UnforcedSegments(folder.path(), disk);
        this.segmentBytes = segmentBytes;
        this.tipFile = new TipFile(folder.tip());
    }

    /** The last acknowledged record; for any thread. */
    Tip tip() {
        return tip;
    }

    /** What the disk itself may not have yet; for any thread. */
    UnforcedSegments unforced() {
        return unforced;
    }

    /** The segment that is being written, or null. */
    @Nullable Path segmentFile() {
        return segment == null ? null : segment.file();
    }

    /** Turns to another segment, of which the first records must be on the disk itself before any other is taken. */
    void leaveUnforced() {
        broken = true;
        forceNext = true;
    }

    /** Whether the next record is the first of a segment. */
    boolean beginsSegment() {
        return segment == null || broken;
    }

    /** Writes a tip before there is a record: from now on a missing tip is the trace of somebody. */
    void claimFolder() throws IOException {
        tipFile.write(tip);
    }

    /** Writes any number of records, in several commits if need be. */
    void commitAll(List<byte[]> payloads) throws IOException {
        List<byte[]> part = new ArrayList<>();
        int bytes = 0;
        for (byte[] payload : payloads) {
            if (!fits(bytes, payload)) {
                commit(part);
                part.clear();
                bytes = 0;
            }
            bytes += JournalFormat.FRAME_OVERHEAD + payload.length;
            part.add(payload);
        }
        commit(part);
    }

    /** Whether a payload still fits, beside a header and a notice, into a commit of so many bytes. */
    static boolean fits(int bytes, byte[] payload) {
        return bytes + JournalFormat.FRAME_OVERHEAD + payload.length <= BUFFER_BYTES - RESERVED_BYTES;
    }

    /** Writes records; returning means that the operating system has all of them and a kill of this process loses none. */
    void commit(List<byte[]> payloads) throws IOException {
        try {
            if (broken) {
                mend();
            }
            SegmentFile to = segment == null ? newSegment() : segment;
            segment = to;
            Tip next = encode(to, payloads);
            to.write(buffer);
            watch.check(to, lock, tipFile);
            if (forceNext) {
                unforced.force();
                forceNext = false;
            }
            to.keep();
            quota.grown(to.bytes());
            tip = next;
            tipFile.write(next);
            if (to.bytes() >= segmentBytes) {
                segment = null;
                quota.closed(to.bytes());
                to.close();
            }
        } catch (Throwable e) {
            // An Error too: a request may come here with little of its stack left.
            broken = true;
            throw e;
        }
    }

    private SegmentFile newSegment() throws IOException {
        Path file = folder.segment(new SegmentId(chain, tip.sequence() + 1));
        SegmentFile created = SegmentFile.create(file, disk, segmentBytes);
        unforced.opened(file, created.identity());
        return created;
    }

    private Tip encode(SegmentFile to, List<byte[]> payloads) {
        buffer.clear();
        if (to.isEmpty()) {
            JournalFormat.putHeader(buffer, new Header(new SegmentId(chain, tip.sequence() + 1), tip.hash()));
        }
        long sequence = tip.sequence();
        byte[] hash = tip.hash();
        for (byte[] payload : payloads) {
            sequence++;
            JournalFormat.putFrame(buffer, sequence, hash, payload);
            hash = JournalFormat.hash(hash, sequence, payload);
        }
        buffer.flip();
        return new Tip(chain, sequence, hash);
    }

    private void mend() throws IOException {
        boolean lost = forceNext;
        if (segment != null) {
            lost |= !segment.abandon();
            if (segment.isEmpty()) {
                unforced.removed(segment.file());
            } else {
                quota.closed(segment.bytes());
            }
            segment = null;
        }
        if (lost) {
            unforced.givenUp(tip.sequence());
        }
        try {
            lock.check();
        } catch (IOException e) {
            // The folder was replaced: without a lock of the new one another process could move in.
            lock.close();
            lock = FolderLock.take(folder);
        }
        tipFile.close();
        tipFile = new TipFile(folder.tip());
        broken = false;
    }

    void close() throws IOException {
        try {
            if (segment != null && broken) {
                segment.abandon();
            } else if (segment != null) {
                segment.close();
            }
        } finally {
            tipFile.close();
            lock.close();
        }
    }
}
