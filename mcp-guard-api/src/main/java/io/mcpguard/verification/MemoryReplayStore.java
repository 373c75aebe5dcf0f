package io.mcpguard.verification;

import io.mcpguard.error.StoreUnavailableException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;

/** What was used lately, in the memory of this process. */
final class MemoryReplayStore implements ReplayStore {

    /** A key and when it may be forgotten. */
    private record Use(String key, Instant until) {}

    private final int most;
    private final InstantSource clock;
    private final Map<String, Instant> used = new HashMap<>();
    private final PriorityQueue<Use> ending = new PriorityQueue<>(Comparator.comparing(Use::until));

    MemoryReplayStore(int most, InstantSource clock) {
        if (most < 1) {
            throw new IllegalArgumentException("at least one key must fit");
        }
        this.most = most;
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    @Override
    public synchronized boolean isFirstUse(String key, Instant until) {
        Instant now = clock.instant();
        for (Use oldest = ending.peek(); oldest != null && !now.isBefore(oldest.until()); oldest = ending.peek()) {
            ending.remove();
            used.remove(oldest.key());
        }
        if (used.containsKey(key)) {
            return false;
        }
        if (used.size() >= most) {
            throw new StoreUnavailableException(
                    "the replay store is full: " + most + " proofs are still good; give it more room", null);
        }
        used.put(key, until);
        ending.add(new Use(key, until));
        return true;
    }
}
