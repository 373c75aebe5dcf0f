package io.mcpguard.core.audit;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditSink;
import io.mcpguard.audit.ChainLink;
import io.mcpguard.error.AuditWriteException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Feeds one sink from its own thread. */
final class SinkFeed implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(SinkFeed.class);
    private static final Duration LAST_CHANCE = Duration.ofSeconds(2);

    /** After so many refusals in a row a sink is offered fewer events at once. */
    private static final int PATIENCE = 3;

    private final String name;
    private final AuditSink sink;
    private final Journal journal;
    private final SinkFeeder.Pace pace;
    private final ScheduledThreadPoolExecutor watchdog;
    private final JournalFolder folder;
    private final SinkCursor cursor;
    private final Thread thread;
    private final Runnable waking = this::wake;
    private final Object lock = new Object();
    private final RetryPause retry;
    private int portion = SinkFeeder.MAX_BATCH;
    private boolean stopping;
    private boolean woken;
    private boolean writing;
    private volatile boolean overdue;
    private final AtomicLong delivered = new AtomicLong();
    private final AtomicLong failedBatches = new AtomicLong();
    private volatile @Nullable String failure;
    private volatile @Nullable SegmentId passed;
    private volatile @Nullable Instant waitingSince;

    SinkFeed(
            String name,
            AuditSink sink,
            Journal journal,
            SinkFeeder.Pace pace,
            RandomGenerator random,
            ScheduledThreadPoolExecutor watchdog) {
        this.name = name;
        this.sink = sink;
        this.journal = journal;
        this.pace = pace;
        this.watchdog = watchdog;
        this.retry = new RetryPause(pace.firstPause(), pace.longestPause(), random);
        this.folder = new JournalFolder(journal.folder());
        this.cursor = new SinkCursor(folder, name);
        this.thread = new Thread(this, "mcp-guard-sink-" + name);
        this.thread.setDaemon(true);
    }

    /** From now on records may wait for this sink, also before its thread has looked at the journal for the first time. */
    void start() {
        if (sink.confirms()) {
            journal.remoteCommit().fedBy(waking);
        }
        thread.start();
    }

    boolean confirms() {
        return sink.confirms();
    }

    /** The last record that the sink has taken, or null when it has none. */
    @Nullable SegmentId passed() {
        return passed;
    }

    SinkStatus status() {
        return new SinkStatus(
                name,
                delivered.get(),
                failedBatches.get(),
                behind(),
                Optional.ofNullable(waitingSince),
                Optional.ofNullable(failure));
    }

    private long behind() {
        Tip end = journal.committed();
        SegmentId last = passed;
        if (last == null || !last.chain().equals(end.chain())) {
            return end.sequence() + 1;
        }
        return Math.max(0, end.sequence() - last.firstSequence());
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
            boolean stop = false;
            while (!stop) {
                try {
                    feed();
                    stop = true;
                } catch (IOException | RuntimeException e) {
                    failed(e);
                    stop = pause(retry.after(e));
                }
            }
        } finally {
            journal.remoteCommit().leftBy(waking);
            sink.close();
        }
    }

    /** Feeds from where the cursor stands until asked to stop. */
    private void feed() throws IOException {
        SegmentId place = cursor.read();
        passed = place;
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
                    awaitMore();
                } else if (deliver(List.copyOf(batch))) {
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

    /**
     * Offers events until the sink has taken all of them; false when the feeder stops before. A sink that keeps refusing is
     * offered fewer at once: a receiver may only be too slow for so many, and one record that it chokes on then holds up those
     * after it and none before.
     */
    private boolean deliver(List<AuditEvent> events) throws IOException {
        int from = 0;
        int refusals = 0;
        while (from < events.size()) {
            List<AuditEvent> batch = events.subList(from, Math.min(events.size(), from + portion));
            waitingSince = batch.get(0).time();
            try {
                write(batch);
            } catch (Throwable e) {
                failed(e);
                refusals++;
                if (refusals >= PATIENCE) {
                    portion = Math.max(1, batch.size() / 2);
                }
                if (pause(retry.after(e))) {
                    return false;
                }
                continue;
            }
            taken(batch);
            from += batch.size();
            refusals = 0;
        }
        waitingSince = null;
        return true;
    }

    private void taken(List<AuditEvent> batch) throws IOException {
        SegmentId last = place(batch.get(batch.size() - 1));
        delivered.addAndGet(batch.size());
        if (sink.confirms() && last.chain().equals(journal.committed().chain())) {
            journal.remoteCommit().confirm(last.firstSequence());
        }
        portion = Math.min(SinkFeeder.MAX_BATCH, portion * 2);
        retry.reset();
        if (failure != null) {
            LOG.info("The audit sink {} takes events again", name);
            failure = null;
        }
        cursor.write(last);
        passed = last;
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

    /** Looks at the journal again at once, instead of after a while. */
    private void wake() {
        synchronized (lock) {
            woken = true;
            lock.notifyAll();
        }
    }

    /** Waits a moment, so that records come in batches, unless one of them is waited for. */
    private void awaitMore() {
        long end = System.nanoTime() + pace.poll().toNanos();
        synchronized (lock) {
            for (long left = pace.poll().toNanos(); left > 0 && !stopping && !woken; left = end - System.nanoTime()) {
                try {
                    TimeUnit.NANOSECONDS.timedWait(lock, left);
                } catch (InterruptedException e) {
                    stopping = true;
                }
            }
            woken = false;
        }
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
