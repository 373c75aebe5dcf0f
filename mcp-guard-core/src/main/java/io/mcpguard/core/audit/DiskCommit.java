package io.mcpguard.core.audit;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets records onto the disk itself: one force for all that wait when it begins, and meanwhile the next ones gather. A thread of
 * its own does it, so that a disk that hangs holds no request beyond its deadline, and an interrupt of a request reaches no file.
 * Records go on being written while it works.
 */
final class DiskCommit implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(DiskCommit.class);
    private static final long LAST_CHANCE_MILLIS = 2000;

    private final UnforcedSegments unforced;
    private final Consumer<Throwable> failure;
    private final Queue<PendingAppend> queue = new ConcurrentLinkedQueue<>();
    private final Thread thread = new Thread(this::run, "mcp-guard-journal-disk");
    private volatile boolean closed;

    private DiskCommit(UnforcedSegments unforced, Consumer<Throwable> failure) {
        this.unforced = unforced;
        this.failure = failure;
    }

    /**
     * Starts to wait for records.
     *
     * @param unforced what the disk does not have
     * @param failure told why the disk could not be forced, on the thread that tried
     */
    static DiskCommit start(UnforcedSegments unforced, Consumer<Throwable> failure) {
        DiskCommit commit = new DiskCommit(unforced, failure);
        commit.thread.setDaemon(true);
        commit.thread.start();
        return commit;
    }

    /** Takes a record that has been written; its thread waits for what becomes of it. */
    void add(PendingAppend written) {
        queue.add(written);
    }

    /** Begins with what has been added, unless the disk is at work already. */
    void begin() {
        LockSupport.unpark(thread);
    }

    private void run() {
        List<PendingAppend> batch = new ArrayList<>();
        while (!closed || !queue.isEmpty()) {
            for (PendingAppend next = queue.poll(); next != null; next = queue.poll()) {
                batch.add(next);
            }
            if (batch.isEmpty()) {
                LockSupport.park(this);
            } else {
                commit(batch);
                batch.clear();
            }
            // Nobody has a reason to interrupt this thread, and a channel must not be closed by it.
            Thread.interrupted();
        }
    }

    private void commit(List<PendingAppend> batch) {
        try {
            unforced.force();
            for (PendingAppend pending : batch) {
                if (unforced.isLost(pending.sequence())) {
                    pending.failed(new IOException("the segment of the record could not be forced to the disk"));
                } else {
                    pending.confirmed();
                }
            }
        } catch (Throwable e) {
            batch.forEach(pending -> pending.failed(e));
            failure.accept(e);
        }
        batch.forEach(PendingAppend::wake);
    }

    /** Waits a little for what is under way, and gets everything else onto the disk. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(LAST_CHANCE_MILLIS);
            if (thread.isAlive()) {
                LOG.warn("The disk of the audit journal does not answer; the last records may not be on it");
            } else {
                unforced.force();
            }
        } catch (IOException | RuntimeException e) {
            LOG.error("The last records of the audit journal could not be forced to the disk", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
