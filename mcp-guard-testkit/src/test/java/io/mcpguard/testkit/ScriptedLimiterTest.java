package io.mcpguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.error.LimiterUnavailableException;
import io.mcpguard.limit.Limit;
import io.mcpguard.limit.LimitDemand;
import io.mcpguard.limit.LimitKey;
import io.mcpguard.limit.Reservation.Granted;
import io.mcpguard.limit.Reservation.Refused;
import io.mcpguard.limit.Reservation.Standing;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptedLimiterTest {

    private static final List<LimitDemand> DEMANDS =
            List.of(new LimitDemand(new LimitKey("profile", "a", "flight"), new Limit.Concurrency("flight", 1)));

    private final ScriptedLimiter limiter = new ScriptedLimiter();

    @Test
    void answers_in_the_order_it_was_told_and_then_grants() {
        Standing left = new Standing("minute", 60, 3, Duration.ZERO);
        Standing none = new Standing("minute", 60, 0, Duration.ofSeconds(9));
        limiter.thenGrant(left).thenRefuse(none).thenFail().thenThrow(new IllegalStateException("broken"));

        assertThat(((Granted) limiter.reserve(DEMANDS)).tightest()).isEqualTo(left);
        assertThat(limiter.reserve(DEMANDS)).isEqualTo(new Refused(none));
        assertThatThrownBy(() -> limiter.reserve(DEMANDS)).isInstanceOf(LimiterUnavailableException.class);
        assertThatThrownBy(() -> limiter.reserve(DEMANDS)).isInstanceOf(IllegalStateException.class);
        assertThat(limiter.reserve(DEMANDS)).isInstanceOf(Granted.class);
        assertThat(limiter.asked()).hasSize(5).containsOnly(DEMANDS);
    }

    @Test
    void counts_the_permits_that_are_still_out() {
        Granted first = (Granted) limiter.reserve(DEMANDS);
        Granted second = (Granted) limiter.reserve(DEMANDS);

        first.permit().close();
        first.permit().close();

        assertThat(limiter.open()).isEqualTo(1);
        second.permit().close();
        assertThat(limiter.open()).isZero();
    }
}
