package io.mcpguard.testkit;

import io.mcpguard.limit.LimitDemand;
import io.mcpguard.limit.LimitKey;
import io.mcpguard.limit.Limiter;
import io.mcpguard.limit.Reservation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A limiter that decides as another one does and remembers what was asked of it.
 *
 * <p>Safe for use by many threads at once.
 *
 * @since 0.1
 */
public final class LimitMeter implements Limiter {

    private final Limiter limiter;
    private final List<Taking> takings = new ArrayList<>();
    private int open;

    private LimitMeter(Limiter limiter) {
        this.limiter = Objects.requireNonNull(limiter, "limiter");
    }

    /**
     * One permit that was asked for.
     *
     * @param key whose limit, and which
     * @param granted whether it was taken
     * @since 0.1
     */
    public record Taking(LimitKey key, boolean granted) {
        public Taking {
            Objects.requireNonNull(key, "key");
        }
    }

    /**
     * Makes a meter.
     *
     * @param limiter decides
     * @return the meter, to be given to the guard in its place
     */
    public static LimitMeter over(Limiter limiter) {
        return new LimitMeter(limiter);
    }

    @Override
    public Reservation reserve(List<LimitDemand> demands) {
        Reservation answer = limiter.reserve(demands);
        boolean granted = answer instanceof Reservation.Granted;
        synchronized (this) {
            demands.forEach(demand -> takings.add(new Taking(demand.key(), granted)));
            open += granted ? 1 : 0;
        }
        if (answer instanceof Reservation.Granted taken) {
            AtomicBoolean closed = new AtomicBoolean();
            return new Reservation.Granted(
                    () -> {
                        taken.permit().close();
                        if (!closed.getAndSet(true)) {
                            released();
                        }
                    },
                    taken.tightest());
        }
        return answer;
    }

    private synchronized void released() {
        open--;
    }

    /**
     * Returns what was asked for.
     *
     * @return a permit each, in the order they were asked for
     */
    public synchronized List<Taking> takings() {
        return List.copyOf(takings);
    }

    /**
     * Counts the calls whose permits have not been given back.
     *
     * @return 0 while no call is in flight
     */
    public synchronized int open() {
        return open;
    }
}
