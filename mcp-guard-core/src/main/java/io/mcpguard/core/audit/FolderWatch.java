package io.mcpguard.core.audit;

import java.io.IOException;

/** Notices within a millisecond that a file of a journal was deleted, replaced or cut. For one thread at a time. */
final class FolderWatch {

    private static final long PAUSE_NANOS = 1_000_000;

    private long checkedAt = System.nanoTime() - PAUSE_NANOS;

    /** Fails when one of the files is no longer the one under its name, or the segment not as large as it was made. */
    void check(SegmentFile segment, FolderLock lock, TipFile tip) throws IOException {
        long now = System.nanoTime();
        if (now - checkedAt < PAUSE_NANOS) {
            return;
        }
        segment.check();
        lock.check();
        tip.check();
        checkedAt = now;
    }
}
