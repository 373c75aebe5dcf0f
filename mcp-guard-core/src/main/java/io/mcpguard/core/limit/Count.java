package io.mcpguard.core.limit;

import io.mcpguard.limit.Limit;

/**
 * What is counted for one key. All but {@link #tell(boolean)} needs the lock of the key's shard, which makes several counts
 * one step.
 */
interface Count {

    /** Takes over the limit as it is now and moves to a reading of the clock. */
    void follow(Limit limit, long now);

    /** Permits that can be taken now. */
    int free();

    /** Nanoseconds until so many can be taken, zero when they can now. */
    long waitFor(int wanted);

    /** Takes one permit, which is free. */
    void take();

    /** Says whether forgetting the count changes no answer. */
    boolean unused(long now);

    /** Tells whoever listens that a permit was taken or refused. Needs no lock, and must not be called under one. */
    void tell(boolean granted);
}
