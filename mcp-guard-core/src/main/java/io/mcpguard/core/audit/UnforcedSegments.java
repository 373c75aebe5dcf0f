package io.mcpguard.core.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The segments with records that the disk itself may not have yet. Safe for use by several threads; nothing waits for another
 * while the disk works.
 *
 * <p>A segment that could not be forced is never forced again: an operating system may report the loss of pages once and then
 * call the file clean. It stays here, and fails every force, until the journal has turned to another segment.
 */
final class UnforcedSegments {

    private record Segment(Path file, FileIdentity identity) {}

    private final Path folder;
    private final SegmentDisk disk;
    private final List<Segment> segments = new ArrayList<>();
    private boolean hasNewNames;
    private boolean suspect;
    private long lostUpTo;

    UnforcedSegments(Path folder, SegmentDisk disk) {
        this.folder = folder;
        this.disk = disk;
    }

    /** From now on records may be written to this file. */
    synchronized void opened(Path file, FileIdentity identity) {
        segments.add(new Segment(file, identity));
        hasNewNames = true;
    }

    /** The file holds no record and is deleted. */
    synchronized void removed(Path file) {
        segments.removeIf(segment -> segment.file().equals(file));
    }

    /** Nobody will force what has been written so far and is not on the disk yet. */
    synchronized void givenUp(long lastSequence) {
        segments.clear();
        lostUpTo = lastSequence;
        suspect = false;
    }

    /** Whether a record was in a segment that was given up. */
    synchronized boolean isLost(long sequence) {
        return sequence <= lostUpTo;
    }

    /**
     * Returns when the disk has every record that was written before the call.
     *
     * @throws IOException when it has not, and will not have them
     */
    void force() throws IOException {
        List<Segment> now;
        boolean newNames;
        synchronized (this) {
            if (suspect) {
                throw new IOException("a segment could not be forced to the disk");
            }
            now = List.copyOf(segments);
            newNames = hasNewNames;
            hasNewNames = false;
        }
        try {
            for (Segment segment : now) {
                disk.force(segment.file());
                // What was opened by its name for this is what has been written to.
                segment.identity().check(segment.file());
            }
            if (newNames) {
                disk.forceNames(folder);
            }
        } catch (IOException | RuntimeException e) {
            failed(now);
            throw e;
        }
        synchronized (this) {
            // The last one was open when this began, and may have grown since.
            segments.removeAll(now.subList(0, Math.max(0, now.size() - 1)));
        }
    }

    private synchronized void failed(List<Segment> tried) {
        hasNewNames = true;
        suspect = segments.stream().anyMatch(tried::contains);
    }
}
