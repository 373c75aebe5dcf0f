package io.mcpguard.verification;

import io.mcpguard.error.StoreUnavailableException;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Remembers what may be used once, such as the proofs of RFC 9449, for as long as it could be used again.
 *
 * <p>Asked on the request's own thread, after everything else about the proof has been found right. A service of several nodes
 * needs a store that they share, or a proof is good once on each of them.
 *
 * <p>Rules for implementers, each with a test in {@code ReplayStoreContract}:
 *
 * <ul>
 *   <li><b>RP-1</b> The first use of a key is true, every later one is false until its time has passed.
 *   <li><b>RP-2</b> Of several uses at the same time, on any node, exactly one is the first.
 *   <li><b>RP-3</b> Keys do not affect each other, and a key is compared exactly.
 *   <li><b>RP-4</b> "I could not look", or "I have no room to remember it", is an exception and never true.
 *   <li><b>RP-5</b> Nothing is remembered much longer than asked for: the room it takes is bounded.
 *   <li><b>RP-6</b> Never waits for ever: an answer takes 2 seconds at most.
 * </ul>
 *
 * @since 0.1
 */
@FunctionalInterface
public interface ReplayStore {

    /**
     * Notes a use.
     *
     * @param key what is used; a hash of at most 64 visible characters, nothing secret
     * @param until from when on it could not be used anyway, so that it may be forgotten
     * @return true when nobody has used it before
     * @throws StoreUnavailableException when that could not be found out or remembered
     */
    boolean isFirstUse(String key, Instant until);

    /**
     * A store of this process, for a service of one node.
     *
     * @param most how many keys it holds; while it is full of keys that are still good, a new one is an exception (RP-4)
     * @param clock the time
     * @return an empty store
     */
    static ReplayStore inMemory(int most, InstantSource clock) {
        return new MemoryReplayStore(most, clock);
    }
}
