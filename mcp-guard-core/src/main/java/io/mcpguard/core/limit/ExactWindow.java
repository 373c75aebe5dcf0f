package io.mcpguard.core.limit;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.event.RateLimiterOnFailureEvent;
import io.github.resilience4j.ratelimiter.event.RateLimiterOnSuccessEvent;
import io.github.resilience4j.ratelimiter.internal.RateLimiterEventProcessor;
import io.mcpguard.limit.Limit;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * A Resilience4j rate limiter that never admits more than its limit in any window of its period, wherever the window starts.
 *
 * <p>Resilience4j's own limiter counts per cycle and so admits up to twice its limit across the edge of two cycles. This one
 * keeps the times of the last admissions. Up to 10,000 permits it is exact to the nanosecond both ways; above, a permit may
 * come free later by up to one part in 10,000 of the period, never sooner, so that its memory is bounded at about 120 kB
 * however large the limit (and by 12 bytes a permit below).
 *
 * <p>It differs from the interface in one point, on purpose: it never waits. {@link #acquirePermission(int)} answers at once,
 * and a timeout other than zero is refused. A changed limit holds from the next permit on, counting those taken before.
 *
 * <p>Safe for use by many threads at once. A clock that goes back admits nothing more.
 *
 * @since 0.1
 */
public final class ExactWindow implements RateLimiter {

    private final String name;
    private final Map<String, String> tags;
    private final LongSupplier ticker;
    private final Lock lock;
    private final AdmissionRing ring;
    private final RateLimiterEventProcessor events = new RateLimiterEventProcessor();
    private final Metrics metrics = new WindowMetrics();
    private final WindowCount count = new WindowCount();
    private volatile RateLimiterConfig config;

    /**
     * Makes a window.
     *
     * @param name the limiter's name in events and metrics
     * @param config limit, period and the predicate of results that drain it; the timeout must be zero
     * @param ticker nanoseconds that only go forward, such as {@code System::nanoTime}
     */
    public ExactWindow(String name, RateLimiterConfig config, LongSupplier ticker) {
        this(name, Map.of(), config, ticker, new ReentrantLock());
    }

    ExactWindow(String name, Map<String, String> tags, RateLimiterConfig config, LongSupplier ticker, Lock lock) {
        checkTimeout(config.getTimeoutDuration());
        this.name = Objects.requireNonNull(name, "name");
        this.tags = tags;
        this.config = config;
        this.ticker = ticker;
        this.lock = lock;
        this.ring = new AdmissionRing(
                config.getLimitForPeriod(), config.getLimitRefreshPeriod().toNanos(), ticker.getAsLong());
    }

    static RateLimiterConfig configOf(Limit.Rate limit) {
        return RateLimiterConfig.custom()
                .limitForPeriod(limit.permits())
                .limitRefreshPeriod(limit.period())
                .timeoutDuration(Duration.ZERO)
                .build();
    }

    /**
     * Takes permits, if that many are free.
     *
     * @param permits how many, at least 1
     * @return whether they were taken
     */
    @Override
    public boolean acquirePermission(int permits) {
        if (permits < 1) {
            throw new IllegalArgumentException("at least one permit is taken");
        }
        boolean granted;
        lock.lock();
        try {
            ring.moveTo(ticker.getAsLong());
            granted = ring.waitFor(permits) == 0;
            if (granted) {
                ring.take(permits);
            }
        } finally {
            lock.unlock();
        }
        tell(granted, permits);
        return granted;
    }

    /**
     * Takes permits, if that many are free. Permits of the future are never reserved.
     *
     * @param permits how many, at least 1
     * @return 0 when they were taken, -1 when not
     */
    @Override
    public long reservePermission(int permits) {
        return acquirePermission(permits) ? 0 : -1;
    }

    /** Takes every permit that is free. */
    @Override
    public void drainPermissions() {
        lock.lock();
        try {
            ring.moveTo(ticker.getAsLong());
            int free = ring.free();
            if (free > 0) {
                ring.take(free);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Changes the limit from the next permit on.
     *
     * @param limitForPeriod permits in any window of the period
     */
    @Override
    public void changeLimitForPeriod(int limitForPeriod) {
        lock.lock();
        try {
            RateLimiterConfig changed = RateLimiterConfig.from(config)
                    .limitForPeriod(limitForPeriod)
                    .build();
            ring.moveTo(ticker.getAsLong());
            ring.change(limitForPeriod, ring.period());
            config = changed;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Accepts zero, since this limiter never waits.
     *
     * @param timeoutDuration zero
     * @throws IllegalArgumentException for any other duration
     */
    @Override
    public void changeTimeoutDuration(Duration timeoutDuration) {
        checkTimeout(timeoutDuration);
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public RateLimiterConfig getRateLimiterConfig() {
        return config;
    }

    @Override
    public Map<String, String> getTags() {
        return tags;
    }

    @Override
    public Metrics getMetrics() {
        return metrics;
    }

    @Override
    public EventPublisher getEventPublisher() {
        return events;
    }

    /** Names the limiter and its limit. */
    @Override
    public String toString() {
        return "ExactWindow[" + name + ", " + config.getLimitForPeriod() + " per " + config.getLimitRefreshPeriod()
                + "]";
    }

    private static void checkTimeout(Duration timeout) {
        if (!timeout.isZero()) {
            throw new IllegalArgumentException("an exact window never waits: set its timeout to zero");
        }
    }

    private void tell(boolean granted, int permits) {
        if (events.hasConsumers()) {
            events.consumeEvent(
                    granted
                            ? new RateLimiterOnSuccessEvent(name, permits)
                            : new RateLimiterOnFailureEvent(name, permits));
        }
    }

    /** This window as one of the counts that are taken together, under the lock it was made with. */
    WindowCount count() {
        return count;
    }

    /** The window seen by a {@link WindowLimiter}, which holds the lock. */
    final class WindowCount implements Count {

        ExactWindow window() {
            return ExactWindow.this;
        }

        @Override
        public void follow(Limit limit, long now) {
            Limit.Rate rate = (Limit.Rate) limit;
            ring.moveTo(now);
            if (rate.permits() != ring.permits() || rate.period().toNanos() != ring.period()) {
                ring.change(rate.permits(), rate.period().toNanos());
                config = configOf(rate);
            }
        }

        @Override
        public int free() {
            return ring.free();
        }

        @Override
        public long waitFor(int wanted) {
            return ring.waitFor(wanted);
        }

        @Override
        public void take() {
            ring.take(1);
        }

        @Override
        public boolean unused(long now) {
            ring.moveTo(now);
            return ring.empty();
        }

        @Override
        public void tell(boolean granted) {
            ExactWindow.this.tell(granted, 1);
        }
    }

    private final class WindowMetrics implements Metrics {
        @Override
        public int getNumberOfWaitingThreads() {
            return 0;
        }

        @Override
        public int getAvailablePermissions() {
            lock.lock();
            try {
                ring.moveTo(ticker.getAsLong());
                return ring.free();
            } finally {
                lock.unlock();
            }
        }
    }
}
