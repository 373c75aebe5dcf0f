package io.mcpguard.testkit;

import io.mcpguard.error.LimiterUnavailableException;
import io.mcpguard.limit.LimitDemand;
import io.mcpguard.limit.Limiter;
import io.mcpguard.limit.Permit;
import io.mcpguard.limit.Reservation;
import io.mcpguard.limit.Reservation.Standing;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A limiter that answers as it was told, in the order it was told, and grants once it has nothing more to say. It counts
 * nothing but the permits that have not been closed.
 *
 * <p>Safe for use by many threads at once.
 *
 * @since 0.1
 */
public final class ScriptedLimiter implements Limiter {

    private final Deque<Supplier<Reservation>> script = new ArrayDeque<>();
    private final List<List<LimitDemand>> asked = new ArrayList<>();
    private final AtomicInteger open = new AtomicInteger();

    /** Makes a limiter that grants. */
    public ScriptedLimiter() {}

    /**
     * Grants the next reservation that nothing was said about yet.
     *
     * @param tightest the standing it tells
     * @return this limiter
     */
    public synchronized ScriptedLimiter thenGrant(Standing tightest) {
        script.add(() -> new Reservation.Granted(permit(), tightest));
        return this;
    }

    /**
     * Refuses the next reservation that nothing was said about yet.
     *
     * @param standing the standing it tells
     * @return this limiter
     */
    public synchronized ScriptedLimiter thenRefuse(Standing standing) {
        script.add(() -> new Reservation.Refused(standing));
        return this;
    }

    /**
     * Fails the next reservation that nothing was said about yet.
     *
     * @return this limiter
     */
    public synchronized ScriptedLimiter thenFail() {
        return thenThrow(new LimiterUnavailableException("the test has taken the limiter down", null));
    }

    /**
     * Throws at the next reservation that nothing was said about yet.
     *
     * @param failure what it throws
     * @return this limiter
     */
    public synchronized ScriptedLimiter thenThrow(RuntimeException failure) {
        script.add(() -> {
            throw failure;
        });
        return this;
    }

    @Override
    public Reservation reserve(List<LimitDemand> demands) {
        Supplier<Reservation> next;
        synchronized (this) {
            asked.add(List.copyOf(demands));
            next = script.isEmpty() ? () -> new Reservation.Granted(permit(), Standing.none()) : script.remove();
        }
        return next.get();
    }

    /**
     * Returns what was asked for.
     *
     * @return the demands of each reservation, in order
     */
    public synchronized List<List<LimitDemand>> asked() {
        return List.copyOf(asked);
    }

    /**
     * Counts the permits that were granted and not closed.
     *
     * @return zero once every call has given its permit back
     */
    public int open() {
        return open.get();
    }

    private Permit permit() {
        open.incrementAndGet();
        AtomicBoolean closed = new AtomicBoolean();
        return () -> {
            if (closed.compareAndSet(false, true)) {
                open.decrementAndGet();
            }
        };
    }
}
