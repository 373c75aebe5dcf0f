package io.mcpguard.core.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * Notices that the lock or the tip of a journal was deleted or replaced, for the price of one look at the folder in the usual case: a
 * name that appears or goes changes the folder's time. For one thread at a time.
 */
final class FolderWatch {

    /** A folder's time may move in steps; for this long after a change its time proves nothing. */
    private static final long SETTLE_NANOS = 50_000_000;

    private static final long FULL_CHECK_NANOS = 1_000_000_000;

    private final JournalFolder folder;
    private @Nullable FileTime seen;
    private long changedAt;
    private long checkedAt;

    FolderWatch(JournalFolder folder) {
        this.folder = folder;
    }

    /** Fails when one of the files is no longer the one under its name. */
    void check(FolderLock lock, TipFile tip) throws IOException {
        FileTime time =
                Files.readAttributes(folder.path(), BasicFileAttributes.class).lastModifiedTime();
        long now = System.nanoTime();
        if (!time.equals(seen)) {
            seen = time;
            changedAt = now;
        } else if (now - changedAt > SETTLE_NANOS && now - checkedAt < FULL_CHECK_NANOS) {
            return;
        }
        lock.check();
        tip.check();
        checkedAt = now;
    }
}
