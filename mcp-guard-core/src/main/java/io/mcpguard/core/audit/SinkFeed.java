package io.mcpguard.core.audit;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditSink;
import io.mcpguard.audit.ChainLink;
import io.mcpguard.error.AuditWriteException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Feeds one sink from its own thread. */
final class SinkFeed implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(SinkFeed.class);
    private static final Duration LAST_CHANCE = Duration.ofSeconds(2);

    private final String name;
    private final AuditSink sink;
    private final Journal journal;
    private final SinkFeeder.Pace pace;
    private final ScheduledThreadPoolExecutor watchdog;
    private final JournalFolder folder;
    private final SinkCursor cursor;
    private final Thread thread;
    private final Object lock = new Object();
    private boolean stopping;
    private boolean writing;
    private volatile boolean overdue;
    private final AtomicLong delivered = new AtomicLong();
    private final AtomicLong failedBatches = new AtomicLong();
    private volatile @Nullable String failure;

    SinkFeed(String name, AuditSink sink, Journal journal, SinkFeeder.Pace pace, ScheduledThreadPoolExecutor watchdog) {
        this.name = name;
        this.sink = sink;
        this.journal = journal;
        this.pace = pace;
        this.watchdog = watchdog;
        this.folder = new JournalFolder(journal.folder());
        this.cursor = new SinkCursor(folder, name);
        this.thread = new Thread(this, "mcp-guard-sink-" + name);
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    SinkStatus status() {
        return new SinkStatus(name, delivered.get(), failedBatches.get(), Optional.ofNullable(failure));
    }

    void askToStop() {
        synchronized (lock) {
            stopping = true;
            lock.notifyAll();
        }
    }

    /** Waits a little for the last events, then interrupts the sink. */
    void stop() {
        try {
            thread.join(LAST_CHANCE.toMillis());
            interruptSink();
            thread.join(LAST_CHANCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.warn("The audit sink {} does not answer to an interrupt and is left behind", name);
        }
    }

    @Override
    public void run() {
        try {
            Duration wait = Duration.ZERO;
            boolean stop = false;
            while (!stop) {
                try {
                    feed();
                    stop = true;
                } catch (IOException | RuntimeException e) {
                    failed(e);
                    wait = longer(wait);
                    stop = pause(wait);
                }
            }
        } finally {
            sink.close();
        }
    }

    /** Feeds from where the cursor stands until asked to stop. */
    private void feed() throws IOException {
        SegmentId place = cursor.read();
        try (JournalTail tail = new JournalTail(folder, place, this::damaged)) {
            List<AuditEvent> batch = new ArrayList<>();
            while (true) {
                boolean stop = pause(Duration.ZERO);
                AuditEvent event = isBeforeEnd(place) ? tail.next() : null;
                while (event != null) {
                    batch.add(event);
                    place = place(event);
                    boolean more = batch.size() < SinkFeeder.MAX_BATCH && isBeforeEnd(place);
                    event = more ? tail.next() : null;
                }
                if (batch.isEmpty()) {
                    if (stop) {
                        return;
                    }
                    pause(pace.poll());
                } else if (deliver(List.copyOf(batch))) {
                    cursor.write(place(batch.get(batch.size() - 1)));
                    batch.clear();
                } else {
                    return;
                }
            }
        }
    }

    /** Never reads beyond what was acknowledged: that may still be taken back. */
    private boolean isBeforeEnd(@Nullable SegmentId place) {
        Tip end = journal.committed();
        return place == null || place.compareTo(new SegmentId(end.chain(), end.sequence())) < 0;
    }

    private static SegmentId place(AuditEvent event) throws MalformedRecordException {
        ChainLink link = event.link().orElseThrow();
        ChainId chain = ChainId.parse(link.stream())
                .orElseThrow(() -> new MalformedRecordException(link.stream() + " names no chain", null));
        return new SegmentId(chain, link.sequence());
    }

    /** Offers a batch until the sink takes it; false when the feeder stops before. */
    private boolean deliver(List<AuditEvent> batch) {
        Duration wait = Duration.ZERO;
        while (true) {
            try {
                write(batch);
                delivered.addAndGet(batch.size());
                if (failure != null) {
                    LOG.info("The audit sink {} takes events again", name);
                    failure = null;
                }
                return true;
            } catch (Throwable e) {
                failed(e);
                wait = longer(wait);
                if (pause(wait)) {
                    return false;
                }
            }
        }
    }

    private void write(List<AuditEvent> batch) {
        synchronized (lock) {
            writing = true;
            overdue = false;
        }
        ScheduledFuture<?> alarm =
                watchdog.schedule(this::interruptSink, pace.write().toNanos(), TimeUnit.NANOSECONDS);
        try {
            sink.write(batch);
        } finally {
            alarm.cancel(false);
            synchronized (lock) {
                writing = false;
                // An interrupt was meant for the write that is over, not for what this thread does next.
                Thread.interrupted();
            }
        }
        if (overdue) {
            throw new AuditWriteException("the audit sink " + name + " took longer than " + pace.write(), null);
        }
    }

    private void interruptSink() {
        synchronized (lock) {
            if (writing) {
                overdue = true;
                thread.interrupt();
            }
        }
    }

    private void failed(Throwable why) {
        failedBatches.incrementAndGet();
        if (failure == null) {
            LOG.warn("The audit sink {} does not take events; the journal keeps them", name, why);
        }
        failure = String.valueOf(why);
    }

    private void damaged(String place) {
        LOG.error("The audit sink {} does not get a part of the journal that cannot be read: {}", name, place);
    }

    private Duration longer(Duration wait) {
        Duration doubled = wait.isZero() ? pace.firstPause() : wait.multipliedBy(2);
        return doubled.compareTo(pace.longestPause()) > 0 ? pace.longestPause() : doubled;
    }

    /** Waits; true when the feeder is to stop. */
    private boolean pause(Duration wait) {
        long end = System.nanoTime() + wait.toNanos();
        synchronized (lock) {
            for (long left = wait.toNanos(); left > 0 && !stopping; left = end - System.nanoTime()) {
                try {
                    TimeUnit.NANOSECONDS.timedWait(lock, left);
                } catch (InterruptedException e) {
                    stopping = true;
                }
            }
            return stopping;
        }
    }
}
