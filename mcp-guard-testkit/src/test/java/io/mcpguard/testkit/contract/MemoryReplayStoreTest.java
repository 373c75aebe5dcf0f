package io.mcpguard.testkit.contract;

import io.mcpguard.testkit.SettableClock;
import io.mcpguard.verification.ReplayStore;
import java.time.Duration;
import java.time.Instant;

/** {@link ReplayStoreContract} over the store of one process, with room for the proofs of one minute and not more. */
class MemoryReplayStoreTest extends ReplayStoreContract {

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T12:00:00Z"));
    private final ReplayStore store = ReplayStore.inMemory(1000, clock);

    @Override
    protected ReplayStore store() {
        return store;
    }

    @Override
    protected ReplayStore unavailableStore() {
        ReplayStore full = ReplayStore.inMemory(1, clock);
        full.isFirstUse("the only one", clock.instant().plusSeconds(60));
        return full;
    }

    @Override
    protected Instant now() {
        return clock.instant();
    }

    @Override
    protected void pass(Duration time) {
        clock.advance(time);
    }
}
