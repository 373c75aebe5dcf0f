package io.mcpguard.core.limit;

import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.mcpguard.limit.Limit;
import io.mcpguard.limit.LimitDemand;
import io.mcpguard.limit.LimitKey;
import io.mcpguard.limit.Limiter;
import io.mcpguard.limit.Permit;
import io.mcpguard.limit.Reservation;
import io.mcpguard.limit.Reservation.Standing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps every limit in this process: an {@link ExactWindow} for each rate and a bulkhead for each limit on calls in flight.
 *
 * <p>All permits of a call are taken in one step under the locks of their keys' shards, which are always taken in the same
 * order. Nothing is ever waited for but those locks, and nothing of the host's runs under them.
 *
 * <p>A key is forgotten once its window is empty and no call is in flight. In each scope at most a number of keys is counted
 * ({@link Builder#maxKeysPerScope(int)}); beyond, a reservation that names a new key fails with
 * {@link io.mcpguard.error.LimiterUnavailableException}, which refuses the call, and no count in use is dropped. The number
 * is kept per scope so that callers who can choose their key, such as their address, crowd out nobody else's.
 *
 * @since 0.1
 */
public final class WindowLimiter implements Limiter {

    private static final Logger LOG = LoggerFactory.getLogger(WindowLimiter.class);

    /** One bit of a long each. */
    private static final int SHARDS = 64;

    /** Scope whose keys callers choose; showing them in a registry would let callers grow the host's metrics. */
    private static final String ADDRESS = "address";

    private static final long SHOWN_FOR = Duration.ofMinutes(10).toNanos();

    private final LongSupplier ticker;
    private final HostRegistries registries;
    private final CountShard[] shards = new CountShard[SHARDS];
    private final ConcurrentHashMap<String, AtomicInteger> keysByScope = new ConcurrentHashMap<>();
    private final AtomicBoolean listenerFailed = new AtomicBoolean();

    private WindowLimiter(Builder builder) {
        this.ticker = builder.ticker;
        this.registries = new HostRegistries(builder.rateLimiters, builder.bulkheads);
        for (int i = 0; i < SHARDS; i++) {
            shards[i] = new CountShard(keysByScope, builder.maxKeysPerScope);
        }
    }

    /**
     * Starts a limiter.
     *
     * @param ticker nanoseconds that only go forward, such as {@code System::nanoTime}
     * @return a builder with 50,000 keys a scope and no registries
     */
    public static Builder builder(LongSupplier ticker) {
        return new Builder(ticker);
    }

    @Override
    public Reservation reserve(List<LimitDemand> demands) {
        if (demands.isEmpty()) {
            return new Reservation.Granted(Permit.unlimited(), Standing.none());
        }
        Changes changes = new Changes();
        List<Count> counts = new ArrayList<>(demands.size());
        boolean[] refuses = new boolean[demands.size()];
        boolean granted;
        Standing standing;
        long touched = shardsOf(demands);
        lock(touched);
        try {
            long now = ticker.getAsLong();
            // All of it before the first count is looked up: one that was just found must not be forgotten again.
            for (long rest = touched; rest != 0; rest &= rest - 1) {
                shards[Long.numberOfTrailingZeros(rest)].forgetUnused(now, changes);
            }
            for (LimitDemand demand : demands) {
                counts.add(shards[indexOf(demand.key())].count(demand, now, changes));
            }
            granted = admit(demands, counts, refuses, now);
            standing = standing(demands, counts, refuses, granted);
        } finally {
            unlock(touched);
            changes.show();
        }
        tell(counts, refuses, granted);
        return granted ? new Reservation.Granted(permit(counts), standing) : new Reservation.Refused(standing);
    }

    /**
     * Counts what is counted.
     *
     * @return the number of keys in memory, each once for its rate and once for its calls in flight
     */
    public int keys() {
        return keysByScope.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    /** Takes all or nothing. A key that is named several times needs as many permits. */
    private static boolean admit(List<LimitDemand> demands, List<Count> counts, boolean[] refuses, long now) {
        boolean all = true;
        for (int i = 0; i < counts.size(); i++) {
            Count count = counts.get(i);
            count.follow(demands.get(i).limit(), now);
            refuses[i] = count.waitFor(timesNamed(counts, i)) > 0;
            all &= !refuses[i];
        }
        if (all) {
            counts.forEach(Count::take);
        }
        return all;
    }

    /** Counts are compared as objects on purpose: demands of one key share one. */
    @SuppressWarnings("ReferenceEquality")
    private static int timesNamed(List<Count> counts, int last) {
        int times = 1;
        for (int i = 0; i < last; i++) {
            times += counts.get(i) == counts.get(last) ? 1 : 0;
        }
        return times;
    }

    /** Of those that refuse the one that refuses longest; when all grant, the one with the least left. */
    private static Standing standing(
            List<LimitDemand> demands, List<Count> counts, boolean[] refuses, boolean granted) {
        @Nullable Standing tightest = null;
        for (int i = 0; i < counts.size(); i++) {
            if (granted || refuses[i]) {
                Limit limit = demands.get(i).limit();
                int wanted = granted ? 1 : timesNamed(counts, i);
                Standing each = new Standing(
                        limit.name(),
                        permitsOf(limit),
                        counts.get(i).free(),
                        Duration.ofNanos(counts.get(i).waitFor(wanted)));
                tightest = tightest == null || isTighter(each, tightest, granted) ? each : tightest;
            }
        }
        return Objects.requireNonNull(tightest);
    }

    private static boolean isTighter(Standing one, Standing other, boolean granted) {
        if (granted && one.remaining() != other.remaining()) {
            return one.remaining() < other.remaining();
        }
        return one.retryAfter().compareTo(other.retryAfter()) > 0;
    }

    private static int permitsOf(Limit limit) {
        if (limit instanceof Limit.Rate rate) {
            return rate.permits();
        }
        return ((Limit.Concurrency) limit).permits();
    }

    private Permit permit(List<Count> counts) {
        List<InFlightBulkhead> flights = new ArrayList<>(counts.size());
        for (Count count : counts) {
            if (count instanceof InFlightBulkhead flight) {
                flights.add(flight);
            }
        }
        if (flights.isEmpty()) {
            return Permit.unlimited();
        }
        AtomicBoolean closed = new AtomicBoolean();
        return () -> {
            if (closed.compareAndSet(false, true)) {
                flights.forEach(InFlightBulkhead::releasePermission);
                flights.forEach(flight -> guarded(flight::tellFinished));
            }
        };
    }

    private void tell(List<Count> counts, boolean[] refuses, boolean granted) {
        for (int i = 0; i < refuses.length; i++) {
            if (granted || refuses[i]) {
                Count count = counts.get(i);
                guarded(() -> count.tell(granted));
            }
        }
    }

    /** A listener of the host must neither refuse a call nor keep its permits. */
    private void guarded(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException e) {
            if (listenerFailed.compareAndSet(false, true)) {
                LOG.warn("A listener of a limit or a registry failed; further failures are not logged.", e);
            }
        }
    }

    private static long shardsOf(List<LimitDemand> demands) {
        long bits = 0;
        for (LimitDemand demand : demands) {
            bits |= 1L << indexOf(demand.key());
        }
        return bits;
    }

    private static int indexOf(LimitKey key) {
        int hash = key.hashCode();
        return (hash ^ (hash >>> 16) ^ (hash >>> 6)) & (SHARDS - 1);
    }

    /** Always in the order of the shards, so that two reservations never wait for each other. */
    private void lock(long bits) {
        for (long rest = bits; rest != 0; rest &= rest - 1) {
            shards[Long.numberOfTrailingZeros(rest)].lock.lock();
        }
    }

    private void unlock(long bits) {
        for (long rest = bits; rest != 0; rest &= rest - 1) {
            shards[Long.numberOfTrailingZeros(rest)].lock.unlock();
        }
    }

    /** Counts made and forgotten under the locks, to be shown in the host's registries after them. */
    private final class Changes implements CountShard.Counts {

        private final List<Runnable> later = new ArrayList<>(0);

        @Override
        public Count create(LimitDemand demand, ReentrantLock lock) {
            LimitKey key = demand.key();
            String name = "mcp-guard/" + key.scope() + "/" + key.owner() + "/" + key.limit();
            Map<String, String> tags = Map.of("scope", key.scope(), "owner", key.owner(), "limit", key.limit());
            boolean shown = isShown(key);
            if (demand.limit() instanceof Limit.Rate rate) {
                ExactWindow window = new ExactWindow(name, tags, ExactWindow.configOf(rate), ticker, lock);
                if (shown) {
                    later.add(() -> registries.show(window));
                }
                return window.count();
            }
            int max = permitsOf(demand.limit());
            InFlightBulkhead bulkhead = new InFlightBulkhead(name, tags, max, lock);
            if (shown) {
                later.add(() -> registries.show(bulkhead));
            }
            return bulkhead;
        }

        /** What the host sees is kept a little, since listeners and metrics hang on it. */
        @Override
        public long keptFor(LimitKey key) {
            return registries.present() && isShown(key) ? SHOWN_FOR : 0;
        }

        private boolean isShown(LimitKey key) {
            return !key.scope().equals(ADDRESS);
        }

        @Override
        public void forgotten(CountShard.CountKey key, Count count) {
            if (count instanceof ExactWindow.WindowCount windowCount) {
                later.add(() -> registries.hide(windowCount.window()));
            } else if (count instanceof InFlightBulkhead bulkhead) {
                later.add(() -> registries.hide(bulkhead));
            }
        }

        void show() {
            later.forEach(WindowLimiter.this::guarded);
        }
    }

    /**
     * Collects the settings of a limiter.
     *
     * @since 0.1
     */
    public static final class Builder {

        private final LongSupplier ticker;
        private int maxKeysPerScope = 50_000;
        private @Nullable RateLimiterRegistry rateLimiters;
        private @Nullable BulkheadRegistry bulkheads;

        private Builder(LongSupplier ticker) {
            this.ticker = Objects.requireNonNull(ticker, "ticker");
        }

        /**
         * Sets how many keys of one scope are counted at most. A key takes about 500 bytes and 12 for each permit that it
         * has given lately.
         *
         * @param maxKeysPerScope the number, at least 1
         * @return this builder
         */
        public Builder maxKeysPerScope(int maxKeysPerScope) {
            if (maxKeysPerScope < 1) {
                throw new IllegalArgumentException("at least one key is counted");
            }
            this.maxKeysPerScope = maxKeysPerScope;
            return this;
        }

        /**
         * Shows each count in registries of the host, so that its metrics and actuators see them, as
         * {@code mcp-guard/<scope>/<owner>/<limit>} with these parts as tags. Keys of scope {@code address} are left out,
         * because callers choose them. A name the host has taken already stays the host's. A count that nobody has asked for
         * during ten minutes, and that is empty, is taken out again.
         *
         * @param rateLimiters where rates are shown
         * @param bulkheads where limits on calls in flight are shown
         * @return this builder
         */
        public Builder registries(RateLimiterRegistry rateLimiters, BulkheadRegistry bulkheads) {
            this.rateLimiters = Objects.requireNonNull(rateLimiters, "rateLimiters");
            this.bulkheads = Objects.requireNonNull(bulkheads, "bulkheads");
            return this;
        }

        /**
         * Makes the limiter.
         *
         * @return a limiter that counts nothing yet
         */
        public WindowLimiter build() {
            return new WindowLimiter(this);
        }
    }
}
