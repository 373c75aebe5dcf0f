package io.mcpguard.core.audit;

import java.io.Closeable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** Takes the turn to write for records whose threads do not wait. */
final class BackgroundTurns implements Closeable {

    private static final long LAST_CHANCE_MILLIS = 2000;

    private final AppendTurns turns;
    private final Thread thread = new Thread(this::run, "mcp-guard-journal-memory");
    private final AtomicBoolean started = new AtomicBoolean();
    private volatile boolean closed;

    BackgroundTurns(AppendTurns turns) {
        this.turns = turns;
        thread.setDaemon(true);
    }

    /** Says that there are records in the queue. The first time starts the thread, which most journals never need. */
    void begin() {
        if (started.compareAndSet(false, true)) {
            thread.start();
        } else {
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        while (!closed) {
            turns.drain();
            LockSupport.park(this);
            Thread.interrupted();
        }
    }

    /** Ends the thread; what is still in the queue is for whoever ends the turns. */
    @Override
    public void close() {
        closed = true;
        if (started.compareAndSet(false, true)) {
            return;
        }
        LockSupport.unpark(thread);
        try {
            thread.join(LAST_CHANCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
