package io.mcpguard.core;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads of one guard. */
final class GuardThreads implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GuardThreads.class);
    private static final int OUTCOME_THREADS = 16;

    private final ExecutorService outcomes = Executors.newFixedThreadPool(OUTCOME_THREADS, named("mcp-guard-outcome"));
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(named("mcp-guard-tick"));
    private final ExecutorService handlers;

    GuardThreads(int handlers) {
        this.handlers = new ThreadPoolExecutor(
                0, handlers, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), named("mcp-guard-feature"));
    }

    private static ThreadFactory named(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /**
     * Outcomes wait for the trail's disk, which neither a thread of the container nor one of the invoker may do. As many wait
     * at once as the writer can put into one batch without a queue growing behind them.
     */
    Executor outcomes() {
        return outcomes;
    }

    ScheduledExecutorService ticker() {
        return ticker;
    }

    /** Refuses a handler when all threads are busy, rather than letting its caller wait for an unknown time. */
    Executor handlers() {
        return handlers;
    }

    /** Lets the outcomes that are being recorded finish. */
    @Override
    public void close() {
        ticker.shutdownNow();
        handlers.shutdown();
        outcomes.shutdown();
        try {
            if (!outcomes.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("Outcomes are still being recorded; they may be missing from the trail");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
