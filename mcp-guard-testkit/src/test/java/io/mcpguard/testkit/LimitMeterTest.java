package io.mcpguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.limit.Limit;
import io.mcpguard.limit.LimitDemand;
import io.mcpguard.limit.LimitKey;
import io.mcpguard.limit.Permit;
import io.mcpguard.limit.Reservation;
import io.mcpguard.limit.Reservation.Standing;
import io.mcpguard.testkit.LimitMeter.Taking;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LimitMeterTest {

    private static final LimitKey KEY = new LimitKey("profile", "reader", "at-once");
    private static final List<LimitDemand> DEMANDS = List.of(new LimitDemand(KEY, new Limit.Concurrency("at-once", 2)));

    private final ScriptedLimiter limiter = new ScriptedLimiter();
    private final LimitMeter meter = LimitMeter.over(limiter);

    @Test
    void decides_as_the_other_limiter_does_and_remembers_it() {
        Standing full = new Standing("at-once", 2, 0, Duration.ofSeconds(1));
        limiter.thenGrant(new Standing("at-once", 2, 1, Duration.ZERO)).thenRefuse(full);

        Reservation first = meter.reserve(DEMANDS);
        Reservation second = meter.reserve(DEMANDS);

        assertThat(first).isInstanceOf(Reservation.Granted.class);
        assertThat(second).isEqualTo(new Reservation.Refused(full));
        assertThat(meter.takings()).containsExactly(new Taking(KEY, true), new Taking(KEY, false));
    }

    @Test
    void gives_permits_back_and_knows_which_are_out() {
        Permit permit = ((Reservation.Granted) meter.reserve(DEMANDS)).permit();
        assertThat(meter.open()).isEqualTo(1);

        permit.close();
        permit.close();

        assertThat(meter.open()).isZero();
        assertThat(limiter.open()).isZero();
    }
}
