package io.mcpguard.core.audit;

import java.io.IOException;

/**
 * Notices within a moment that the lock or the tip of a journal was deleted or replaced; the segment is looked at with every
 * write. For one thread at a time.
 */
final class FolderWatch {

    private static final long PAUSE_NANOS = 10_000_000;

    private long checkedAt = System.nanoTime() - PAUSE_NANOS;

    /** Fails when one of the files is no longer the one under its name. */
    void check(FolderLock lock, TipFile tip) throws IOException {
        long now = System.nanoTime();
        if (now - checkedAt < PAUSE_NANOS) {
            return;
        }
        lock.check();
        tip.check();
        checkedAt = now;
    }
}
