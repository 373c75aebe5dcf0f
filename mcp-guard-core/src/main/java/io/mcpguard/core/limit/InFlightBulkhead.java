package io.mcpguard.core.limit;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.bulkhead.event.BulkheadEvent;
import io.github.resilience4j.bulkhead.event.BulkheadOnCallFinishedEvent;
import io.github.resilience4j.bulkhead.event.BulkheadOnCallPermittedEvent;
import io.github.resilience4j.bulkhead.event.BulkheadOnCallRejectedEvent;
import io.github.resilience4j.core.EventConsumer;
import io.github.resilience4j.core.EventProcessor;
import io.mcpguard.limit.Limit;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.Lock;

/**
 * A Resilience4j bulkhead that never waits.
 *
 * <p>Resilience4j's own blocks the thread that lowers its limit until enough calls have ended, and cannot be asked together
 * with other limits in one step. This one counts under the lock it is given.
 */
final class InFlightBulkhead implements Bulkhead, Count {

    /** What a refused caller is told to wait: nobody knows when a call in flight ends. */
    private static final long GUESS = Duration.ofSeconds(1).toNanos();

    private final String name;
    private final Map<String, String> tags;
    private final Lock lock;
    private final Events events = new Events();
    private final Metrics metrics = new FlightMetrics();
    private volatile BulkheadConfig config;
    private int max;
    private int inFlight;

    InFlightBulkhead(String name, Map<String, String> tags, int max, Lock lock) {
        this.name = name;
        this.tags = tags;
        this.lock = lock;
        this.max = max;
        this.config = configOf(max);
    }

    static BulkheadConfig configOf(int max) {
        return BulkheadConfig.custom()
                .maxConcurrentCalls(max)
                .maxWaitDuration(Duration.ZERO)
                .build();
    }

    @Override
    public void follow(Limit limit, long now) {
        int permits = ((Limit.Concurrency) limit).permits();
        if (permits != max) {
            max = permits;
            config = configOf(max);
        }
    }

    @Override
    public int free() {
        return Math.max(0, max - inFlight);
    }

    @Override
    public long waitFor(int wanted) {
        return free() >= wanted ? 0 : GUESS;
    }

    @Override
    public void take() {
        inFlight++;
    }

    @Override
    public boolean unused(long now) {
        return inFlight == 0;
    }

    @Override
    public void tell(boolean granted) {
        if (events.hasConsumers()) {
            events.processEvent(
                    granted ? new BulkheadOnCallPermittedEvent(name) : new BulkheadOnCallRejectedEvent(name));
        }
    }

    void tellFinished() {
        if (events.hasConsumers()) {
            events.processEvent(new BulkheadOnCallFinishedEvent(name));
        }
    }

    @Override
    public void changeConfig(BulkheadConfig newConfig) {
        if (!newConfig.getMaxWaitDuration().isZero()) {
            throw new IllegalArgumentException("this bulkhead never waits: set its wait to zero");
        }
        lock.lock();
        try {
            max = newConfig.getMaxConcurrentCalls();
            config = newConfig;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean tryAcquirePermission() {
        boolean granted;
        lock.lock();
        try {
            granted = free() > 0;
            if (granted) {
                take();
            }
        } finally {
            lock.unlock();
        }
        tell(granted);
        return granted;
    }

    @Override
    public void acquirePermission() {
        if (!tryAcquirePermission()) {
            throw BulkheadFullException.createBulkheadFullException(this);
        }
    }

    @Override
    public void releasePermission() {
        lock.lock();
        try {
            inFlight = Math.max(0, inFlight - 1);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onComplete() {
        releasePermission();
        tellFinished();
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public BulkheadConfig getBulkheadConfig() {
        return config;
    }

    @Override
    public Metrics getMetrics() {
        return metrics;
    }

    @Override
    public Map<String, String> getTags() {
        return tags;
    }

    @Override
    public EventPublisher getEventPublisher() {
        return events;
    }

    private final class FlightMetrics implements Metrics {
        @Override
        public int getAvailableConcurrentCalls() {
            lock.lock();
            try {
                return free();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public int getMaxAllowedConcurrentCalls() {
            return config.getMaxConcurrentCalls();
        }
    }

    private static final class Events extends EventProcessor<BulkheadEvent> implements EventPublisher {
        @Override
        public EventPublisher onCallRejected(EventConsumer<BulkheadOnCallRejectedEvent> consumer) {
            registerConsumer(BulkheadOnCallRejectedEvent.class.getName(), consumer);
            return this;
        }

        @Override
        public EventPublisher onCallPermitted(EventConsumer<BulkheadOnCallPermittedEvent> consumer) {
            registerConsumer(BulkheadOnCallPermittedEvent.class.getName(), consumer);
            return this;
        }

        @Override
        public EventPublisher onCallFinished(EventConsumer<BulkheadOnCallFinishedEvent> consumer) {
            registerConsumer(BulkheadOnCallFinishedEvent.class.getName(), consumer);
            return this;
        }
    }
}
