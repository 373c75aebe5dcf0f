package io.mcpguard.core.audit;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Records that wait until a sink has them, and the feeds of sinks that can say so. The first sink to confirm is enough: it is
 * another machine. Safe for use by several threads.
 */
final class RemoteCommit {

    private final Queue<PendingAppend> waiting = new ArrayDeque<>();
    private final List<Runnable> feeds = new CopyOnWriteArrayList<>();
    private long confirmed;

    /** From now on this feed is woken when a record waits for it. */
    void fedBy(Runnable wake) {
        feeds.add(wake);
    }

    /** That feed has ended. */
    void leftBy(Runnable wake) {
        feeds.remove(wake);
    }

    /** Whether any sink could confirm a record. */
    boolean isFed() {
        return !feeds.isEmpty();
    }

    /** Takes a record that has been written, after those before it. */
    synchronized void add(PendingAppend written) {
        if (written.sequence() <= confirmed) {
            // A feed looked at the journal between the write and this call.
            written.confirmed();
        } else {
            waiting.add(written);
        }
    }

    /** Has the feeds look at the journal. */
    void begin() {
        feeds.forEach(Runnable::run);
    }

    /** A sink has every record of this process up to that number. */
    synchronized void confirm(long sequence) {
        confirmed = Math.max(confirmed, sequence);
        while (!waiting.isEmpty() && waiting.element().sequence() <= confirmed) {
            PendingAppend kept = waiting.remove();
            kept.confirmed();
            kept.wake();
        }
    }
}
