package io.mcpguard.core.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.error.LimiterUnavailableException;
import io.mcpguard.limit.Limit;
import io.mcpguard.limit.LimitDemand;
import io.mcpguard.limit.LimitKey;
import io.mcpguard.limit.Limiter;
import io.mcpguard.limit.Reservation.Granted;
import io.mcpguard.limit.Reservation.Refused;
import io.mcpguard.testkit.Admissions;
import io.mcpguard.testkit.SettableClock;
import io.mcpguard.testkit.Together;
import io.mcpguard.testkit.contract.LimiterContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowLimiterTest extends LimiterContract {

    private static final Limit.Rate ONE = new Limit.Rate("burst", 1, Duration.ofSeconds(1));

    private final SettableClock clock = new SettableClock();

    @Override
    protected Limiter newLimiter(SettableClock time) {
        return WindowLimiter.builder(time.ticker()).build();
    }

    @Override
    protected long keysHeld(Limiter limiter) {
        return ((WindowLimiter) limiter).keys();
    }

    @Test
    void sixty_four_looping_threads_find_no_window_with_more_than_the_limit() {
        WindowLimiter limiter = WindowLimiter.builder(System::nanoTime).build();
        Duration period = Duration.ofMillis(100);
        List<LimitDemand> demands = List.of(
                demand("profile", "claude", new Limit.Rate("burst", 50, period)),
                demand("operation", "listOrders", new Limit.Rate("burst", 5_000, period)),
                demand("profile", "claude", new Limit.Concurrency("flight", 8)));
        Admissions admitted = new Admissions();
        long start = System.nanoTime();

        Together.run(64, () -> {
            while (System.nanoTime() - start < 1_500_000_000L) {
                long asked = System.nanoTime();
                if (limiter.reserve(demands) instanceof Granted granted) {
                    admitted.between(asked, System.nanoTime());
                    granted.permit().close();
                }
            }
            return true;
        });

        assertThat(admitted.mostInAny(period)).isLessThanOrEqualTo(50);
        // Each thread may ask once more after the time is over, and a busy machine may sleep through some windows.
        assertThat(admitted.total()).as("and the limit is used up").isBetween(5 * 50, 16 * 50 + 64);
    }

    @Test
    void refuses_new_keys_of_a_scope_that_is_full_and_keeps_the_counts_in_use() {
        WindowLimiter limiter =
                WindowLimiter.builder(clock.ticker()).maxKeysPerScope(100).build();
        List<LimitDemand> kept = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            kept.add(demand("address", "10.0.0." + i, ONE));
            assertThat(limiter.reserve(List.of(kept.get(i)))).isInstanceOf(Granted.class);
        }

        for (int i = 0; i < 1_000; i++) {
            List<LimitDemand> another = List.of(demand("address", "10.1.0." + i, ONE));
            assertThatThrownBy(() -> limiter.reserve(another))
                    .isInstanceOf(LimiterUnavailableException.class)
                    .hasMessageContaining("maxKeysPerScope");
        }

        assertThat(limiter.keys()).isEqualTo(100);
        assertThat(kept).allMatch(demand -> limiter.reserve(List.of(demand)) instanceof Refused);
        assertThat(limiter.reserve(List.of(demand("profile", "claude", ONE))))
                .as("another scope has room")
                .isInstanceOf(Granted.class);
    }

    @Test
    void a_full_scope_takes_new_keys_again_once_old_ones_are_out_of_use() {
        WindowLimiter limiter =
                WindowLimiter.builder(clock.ticker()).maxKeysPerScope(100).build();
        int granted = 0;

        for (int i = 0; i < 2_000; i++) {
            clock.advance(Duration.ofMillis(50));
            granted += limiter.reserve(List.of(demand("address", "10.0.0." + i, ONE))) instanceof Granted ? 1 : 0;
        }

        assertThat(granted).isEqualTo(2_000);
        assertThat(limiter.keys()).isLessThanOrEqualTo(100);
    }

    @Test
    void a_failed_reservation_takes_nothing_from_the_limits_before_it() {
        WindowLimiter limiter =
                WindowLimiter.builder(clock.ticker()).maxKeysPerScope(1).build();
        LimitDemand profile = demand("profile", "claude", ONE);
        limiter.reserve(List.of(demand("address", "10.0.0.1", ONE)));

        assertThatThrownBy(() -> limiter.reserve(List.of(profile, demand("address", "10.0.0.2", ONE))))
                .isInstanceOf(LimiterUnavailableException.class);

        assertThat(limiter.reserve(List.of(profile))).isInstanceOf(Granted.class);
    }

    @Test
    void a_key_named_twice_gives_two_permits_or_none() {
        WindowLimiter limiter = WindowLimiter.builder(clock.ticker()).build();
        LimitDemand three = demand("profile", "claude", new Limit.Rate("burst", 3, Duration.ofSeconds(1)));
        LimitDemand flight = demand("profile", "claude", new Limit.Concurrency("flight", 3));

        assertThat(limiter.reserve(List.of(three, flight, three, flight))).isInstanceOf(Granted.class);
        assertThat(limiter.reserve(List.of(three, three))).isInstanceOf(Refused.class);
        assertThat(limiter.reserve(List.of(flight, flight))).isInstanceOf(Refused.class);
        assertThat(limiter.reserve(List.of(three, flight))).isInstanceOf(Granted.class);
        assertThat(limiter.keys()).isEqualTo(2);
    }

    private static LimitDemand demand(String scope, String owner, Limit limit) {
        return new LimitDemand(new LimitKey(scope, owner, limit.name()), limit);
    }
}
