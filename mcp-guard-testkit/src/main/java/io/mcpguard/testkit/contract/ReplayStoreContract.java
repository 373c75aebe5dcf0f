package io.mcpguard.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.error.StoreUnavailableException;
import io.mcpguard.testkit.Together;
import io.mcpguard.verification.ReplayStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The rules of {@link ReplayStore}. Extend it and say how to make one, and one that cannot answer.
 *
 * <p>What cannot be tested here for every store: that it never waits for ever (RP-6).
 *
 * @since 0.1
 */
public abstract class ReplayStoreContract {

    /** For subclasses. */
    protected ReplayStoreContract() {}

    /**
     * Returns the store under test, or another node's view of it.
     *
     * @return a view of the same store for the length of a test
     */
    protected abstract ReplayStore store();

    /**
     * Returns a store that cannot look or has no room left.
     *
     * @return another store
     */
    protected abstract ReplayStore unavailableStore();

    /**
     * Returns the time as the store under test sees it.
     *
     * @return now
     */
    protected abstract Instant now();

    /**
     * Lets time pass for the store under test.
     *
     * @param time how much
     */
    protected abstract void pass(Duration time);

    private Instant later() {
        return now().plusSeconds(60);
    }

    @Test
    @DisplayName("RP-1 only the first use is the first")
    void first_use_is_the_first() {
        assertThat(store().isFirstUse("proof-1", later())).isTrue();

        assertThat(store().isFirstUse("proof-1", later())).isFalse();
        assertThat(store().isFirstUse("proof-1", later().plusSeconds(60))).isFalse();
    }

    @Test
    @DisplayName("RP-1 a key is remembered up to its time")
    void remembered_up_to_its_time() {
        Instant until = later();
        assertThat(store().isFirstUse("proof-1", until)).isTrue();

        pass(Duration.ofSeconds(59));

        assertThat(store().isFirstUse("proof-1", until)).isFalse();
    }

    @Test
    @DisplayName("RP-2 of many uses at once exactly one is the first")
    void one_of_many_is_the_first() {
        ReplayStore store = store();
        Instant until = later();
        AtomicInteger first = new AtomicInteger();

        List<Boolean> done = Together.run(8, () -> {
            for (int i = 0; i < 200; i++) {
                if (store.isFirstUse("proof-" + i, until)) {
                    first.incrementAndGet();
                }
            }
            return true;
        });

        assertThat(done).containsOnly(true);
        assertThat(first).hasValue(200);
    }

    @Test
    @DisplayName("RP-3 keys do not affect each other and are compared exactly")
    void keys_are_apart() {
        assertThat(store().isFirstUse("proof", later())).isTrue();

        assertThat(store().isFirstUse("PROOF", later())).isTrue();
        assertThat(store().isFirstUse("proof ", later())).isTrue();
        assertThat(store().isFirstUse("proof-1", later().plusSeconds(1))).isTrue();
        assertThat(store().isFirstUse("proof", later())).isFalse();
    }

    @Test
    @DisplayName("RP-4 a store that cannot look, or has no room, throws")
    void cannot_look_is_an_exception() {
        ReplayStore unavailable = unavailableStore();

        assertThatThrownBy(() -> unavailable.isFirstUse("another", later()))
                .isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    @DisplayName("RP-5 what could not be used any more takes no room")
    void forgotten_after_its_time() {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 1000; i++) {
                assertThat(store().isFirstUse("proof-" + round + "-" + i, later()))
                        .isTrue();
            }
            pass(Duration.ofSeconds(61));
        }
        assertThat(store().isFirstUse("proof-0-0", later())).isTrue();
    }
}
