package io.mcpguard.core.limit;

import io.mcpguard.error.LimiterUnavailableException;
import io.mcpguard.limit.Limit;
import io.mcpguard.limit.LimitDemand;
import io.mcpguard.limit.LimitKey;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The counts of some of the keys, under one lock. */
final class CountShard {

    /** Counts looked at for being unused at each reservation: more than one can add, so that old ones are always found. */
    private static final int LOOKED_AT = 8;

    /** A key may have a count over time and one of calls in flight. */
    record CountKey(LimitKey key, boolean rate) {}

    /** Makes a count, and hears of one that was forgotten. Called under the lock. */
    interface Counts {
        Count create(LimitDemand demand, ReentrantLock lock);

        /** How long a count is kept that nobody has asked for, in nanoseconds. */
        long keptFor(LimitKey key);

        void forgotten(CountKey key, Count count);
    }

    final ReentrantLock lock = new ReentrantLock();
    private final Map<CountKey, Entry> entries = new HashMap<>();
    private final ArrayDeque<Entry> round = new ArrayDeque<>();
    private final ConcurrentHashMap<String, AtomicInteger> keysByScope;
    private final int maxKeysPerScope;

    CountShard(ConcurrentHashMap<String, AtomicInteger> keysByScope, int maxKeysPerScope) {
        this.keysByScope = keysByScope;
        this.maxKeysPerScope = maxKeysPerScope;
    }

    /** Forgets a few counts that are no longer used, going round all of them in turn. */
    void forgetUnused(long now, Counts makers) {
        for (int i = Math.min(LOOKED_AT, round.size()); i > 0; i--) {
            Entry entry = round.remove();
            CountKey key = entry.key;
            if (entry.count.unused(now) && now - entry.asked >= makers.keptFor(key.key())) {
                entries.remove(key);
                keysOf(key.key().scope()).decrementAndGet();
                makers.forgotten(key, entry.count);
            } else {
                round.add(entry);
            }
        }
    }

    /** Finds the count of a demand, or starts it. */
    Count count(LimitDemand demand, long now, Counts makers) {
        CountKey key = new CountKey(demand.key(), demand.limit() instanceof Limit.Rate);
        @Nullable Entry known = entries.get(key);
        if (known != null) {
            known.asked = now;
            return known.count;
        }
        AtomicInteger keys = keysOf(demand.key().scope());
        if (keys.incrementAndGet() > maxKeysPerScope) {
            keys.decrementAndGet();
            throw new LimiterUnavailableException(
                    "the limiter counts " + maxKeysPerScope + " keys of scope "
                            + demand.key().scope()
                            + " and forgets none that is in use: raise maxKeysPerScope, or find out who uses so many",
                    null);
        }
        Entry created = new Entry(key, makers.create(demand, lock), now);
        entries.put(key, created);
        round.add(created);
        return created.count;
    }

    private static final class Entry {
        private final CountKey key;
        private final Count count;
        private long asked;

        Entry(CountKey key, Count count, long asked) {
            this.key = key;
            this.count = count;
            this.asked = asked;
        }
    }

    private AtomicInteger keysOf(String scope) {
        return keysByScope.computeIfAbsent(scope, any -> new AtomicInteger());
    }
}
