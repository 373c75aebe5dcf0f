package io.mcpguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SettableClockTest {

    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    private final SettableClock clock = new SettableClock(START);
    private final long tick = clock.nanos();

    @Test
    void stands_still_until_it_is_moved() {
        assertThat(clock.instant()).isEqualTo(START);
        assertThat(clock.ticker().getAsLong()).isEqualTo(tick);
    }

    @Test
    void moves_time_of_day_and_ticker_together() {
        clock.advance(Duration.ofNanos(1_500));
        clock.goBack(Duration.ofNanos(500));

        assertThat(clock.instant()).isEqualTo(START.plusNanos(1_000));
        assertThat(clock.nanos() - tick).isEqualTo(1_000);
    }

    @Test
    void setting_the_time_of_day_leaves_the_ticker() {
        clock.set(START.minusSeconds(60));

        assertThat(clock.instant()).isEqualTo(START.minusSeconds(60));
        assertThat(clock.nanos()).isEqualTo(tick);
    }

    @Test
    void refuses_to_pass_backwards() {
        assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(-1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> clock.goBack(Duration.ofSeconds(-1))).isInstanceOf(IllegalArgumentException.class);
    }
}
