package io.mcpguard.core.audit;

import io.mcpguard.error.AuditWriteException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Decides which thread writes: the one that comes while nobody does, for itself and for all that come meanwhile. Most records
 * so cost one write and no change of threads; when many come at once, one write takes them together.
 */
final class AppendTurns {

    /** What may wait at once. More means that the disk does not keep up, and the next call had better be told. */
    private static final int MAX_WAITING = 4096;

    /** From so many on a record that need not be waited for is waited for all the same. */
    private static final int MANY_WAITING = MAX_WAITING / 2;

    private static final int MAX_BATCH = 512;

    /** A thread writes for others so many times before one of them goes on; it has a request of its own to get back to. */
    private static final int MAX_ROUNDS = 8;

    private static final long CLOSE_PAUSE_NANOS = 100_000;

    private final JournalWriter writer;
    private final Queue<PendingAppend> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean taken = new AtomicBoolean();
    private final BackgroundTurns background = new BackgroundTurns(this);

    AppendTurns(JournalWriter writer) {
        this.writer = writer;
    }

    /**
     * Writes a record, or has it written.
     *
     * @throws AuditWriteException when it could not be written, or nobody got to it within the time; the thread whose turn it is
     *     waits for the disk as long as the disk takes
     */
    void append(PendingAppend pending, long deadlineNanos) {
        enqueue(pending);
        boolean turn = taken.compareAndSet(false, true) || pending.await(deadlineNanos);
        while (turn) {
            uninterrupted(this::serve);
            // Where large records were ahead of this one, it may still wait, or lead once more.
            turn = pending.await(deadlineNanos);
        }
        pending.outcome();
    }

    /** Has a record written some time soon; only when very many wait already, this waits as {@link #append} does. */
    void leave(PendingAppend pending, long deadlineNanos) {
        if (waiting.get() < MANY_WAITING) {
            enqueue(pending);
            background.begin();
        } else {
            append(pending, deadlineNanos);
        }
    }

    /** Writes what is in the queue, unless somebody is writing it. */
    void drain() {
        while (!queue.isEmpty() && taken.compareAndSet(false, true)) {
            uninterrupted(this::serve);
        }
    }

    private void enqueue(PendingAppend pending) {
        if (waiting.incrementAndGet() > MAX_WAITING) {
            waiting.decrementAndGet();
            throw new AuditWriteException(
                    "the audit journal has " + MAX_WAITING + " records waiting; look at the disk", null);
        }
        queue.add(pending);
    }

    /** Takes the turn for good, when the last one has ended, and gives the writer what is left and the word to end. */
    void end() {
        background.close();
        while (!taken.compareAndSet(false, true)) {
            LockSupport.parkNanos(CLOSE_PAUSE_NANOS);
        }
        uninterrupted(() -> {
            List<PendingAppend> written = new ArrayList<>();
            while (!queue.isEmpty()) {
                round(written);
            }
            writer.end();
            taken.set(false);
            written.forEach(PendingAppend::wake);
        });
    }

    /** Files that an interrupt closes are opened on the way back from a failure; the interrupt can wait so long. */
    private static void uninterrupted(Runnable work) {
        boolean interrupted = Thread.interrupted();
        try {
            work.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void serve() {
        List<PendingAppend> written = new ArrayList<>();
        boolean mine = true;
        try {
            for (int rounds = 1; mine; rounds++) {
                round(written);
                if (queue.isEmpty()) {
                    mine = false;
                    taken.set(false);
                    // One that came in between found the turn taken, and waits.
                    mine = !queue.isEmpty() && taken.compareAndSet(false, true);
                } else if (rounds >= MAX_ROUNDS) {
                    mine = !passOn();
                }
            }
        } finally {
            if (mine) {
                taken.set(false);
            }
            // Not before: who is woken takes the processor from the thread that woke it.
            written.forEach(PendingAppend::wake);
        }
    }

    /** Gives the turn to the first that still waits for it; a record that nobody waits for is for the background. */
    private boolean passOn() {
        for (PendingAppend next = queue.peek(); next != null; next = queue.peek()) {
            if (next.level() == AuditLevel.MEMORY) {
                taken.set(false);
                background.begin();
                return true;
            }
            if (next.lead()) {
                return true;
            }
            remove();
        }
        return false;
    }

    private void round(List<PendingAppend> written) {
        List<PendingAppend> batch = new ArrayList<>();
        int bytes = 0;
        PendingAppend next = queue.peek();
        while (next != null && batch.size() < MAX_BATCH && ChainWriter.fits(bytes, next.payload())) {
            remove();
            if (next.take()) {
                bytes += JournalFormat.FRAME_OVERHEAD + next.payload().length;
                batch.add(next);
            }
            next = queue.peek();
        }
        if (!batch.isEmpty()) {
            written.addAll(batch);
            writer.write(batch);
        }
    }

    private void remove() {
        queue.remove();
        waiting.decrementAndGet();
    }
}
