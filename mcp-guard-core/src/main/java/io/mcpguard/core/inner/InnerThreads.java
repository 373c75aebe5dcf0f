package io.mcpguard.core.inner;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes the threads that carry inner calls.
 *
 * <p>They are daemons and inherit no thread-local value: a security context or logging context of whoever made the first
 * call must not turn up in everybody's.
 *
 * @since 0.1
 */
public final class InnerThreads {

    private static final long BEAT_MILLIS = 1000;

    private InnerThreads() {}

    /**
     * Makes a thread factory.
     *
     * @param name what the threads are called, before their number
     * @return the factory
     */
    public static ThreadFactory named(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(null, task, name + "-" + number.incrementAndGet(), 0, false);
            thread.setDaemon(true);
            return thread;
        };
    }

    /**
     * Makes a pool whose queue has no bound of its own: who submits must bound what is in flight.
     *
     * @param name what the threads are called
     * @param threads how many, started when needed and stopped when idle for a minute
     * @return the pool
     */
    public static ThreadPoolExecutor pool(String name, int threads) {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(threads, threads, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), named(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /**
     * Makes a scheduler for deadlines: tasks that are nearly always cancelled before their time.
     *
     * <p>A task that becomes the next one to run wakes the scheduler's thread, which costs more than the task. Deadlines are
     * far off; with something that is always sooner, setting one wakes nobody.
     *
     * @param name what its thread is called
     * @return the scheduler, which forgets what is cancelled at once
     */
    public static ScheduledThreadPoolExecutor scheduler(String name) {
        ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1, named(name));
        scheduler.setRemoveOnCancelPolicy(true);
        var unused = scheduler.scheduleWithFixedDelay(() -> {}, BEAT_MILLIS, BEAT_MILLIS, TimeUnit.MILLISECONDS);
        return scheduler;
    }
}
