package io.mcpguard.core.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.RequestNotPermitted;
import io.github.resilience4j.ratelimiter.event.RateLimiterEvent;
import io.mcpguard.testkit.Admissions;
import io.mcpguard.testkit.SettableClock;
import io.mcpguard.testkit.Together;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ExactWindowTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final SettableClock clock = new SettableClock();
    private final ExactWindow window = new ExactWindow("orders", config(5), clock.ticker());

    @Test
    void admits_no_second_burst_across_any_edge() {
        Admissions admitted = new Admissions();

        for (int i = 0; i < 10_000; i++) {
            clock.advance(Duration.ofMillis(1));
            if (window.acquirePermission()) {
                admitted.at(clock.nanos());
            }
        }

        assertThat(admitted.mostInAny(SECOND)).isEqualTo(5);
        assertThat(admitted.total()).isEqualTo(50);
    }

    @Test
    void answers_at_once_in_every_way_it_can_be_asked() {
        assertThat(window.reservePermission(5)).isZero();

        assertThat(window.reservePermission(1)).isEqualTo(-1);
        assertThat(window.acquirePermission(1)).isFalse();
        assertThat(window.getMetrics().getNumberOfWaitingThreads()).isZero();
    }

    @Test
    void takes_several_permits_or_none() {
        assertThat(window.acquirePermission(3)).isTrue();
        assertThat(window.acquirePermission(3)).isFalse();
        assertThat(window.getMetrics().getAvailablePermissions()).isEqualTo(2);
        assertThat(window.acquirePermission(6)).isFalse();
    }

    @Test
    void decorates_calls_as_any_limiter_of_the_library() {
        AtomicInteger runs = new AtomicInteger();

        for (int i = 0; i < 5; i++) {
            window.executeRunnable(runs::incrementAndGet);
        }

        assertThatThrownBy(() -> window.executeRunnable(runs::incrementAndGet)).isInstanceOf(RequestNotPermitted.class);
        assertThat(runs).hasValue(5);
    }

    @Test
    void tells_listeners_what_was_admitted_and_what_was_not() {
        List<String> heard = new ArrayList<>();
        window.getEventPublisher().onSuccess(event -> heard.add("success " + event.getNumberOfPermits()));
        window.getEventPublisher().onFailure(event -> heard.add("failure " + event.getNumberOfPermits()));
        window.getEventPublisher().onEvent((RateLimiterEvent event) -> heard.add(event.getRateLimiterName()));

        window.acquirePermission(4);
        window.acquirePermission(2);

        assertThat(heard).containsExactlyInAnyOrder("success 4", "orders", "failure 2", "orders");
    }

    @Test
    void a_changed_limit_holds_at_once() {
        window.acquirePermission(4);

        window.changeLimitForPeriod(3);
        boolean lowered = window.acquirePermission();
        window.changeLimitForPeriod(6);
        boolean raised = window.acquirePermission(2);

        assertThat(lowered).isFalse();
        assertThat(raised).isTrue();
        assertThat(window.acquirePermission()).isFalse();
        assertThat(window.getRateLimiterConfig().getLimitForPeriod()).isEqualTo(6);
    }

    @Test
    void draining_takes_what_is_free() {
        window.acquirePermission(2);

        window.drainPermissions();
        window.drainPermissions();

        assertThat(window.acquirePermission()).isFalse();
        clock.advance(SECOND);
        assertThat(window.acquirePermission(5)).isTrue();
    }

    @Test
    void a_result_drains_it_where_the_configuration_says_so() {
        RateLimiterConfig draining = RateLimiterConfig.from(config(5))
                .drainPermissionsOnResult(
                        result -> result.isRight() && result.get().equals("busy"))
                .build();
        ExactWindow drained = new ExactWindow("drained", draining, clock.ticker());

        String first = drained.executeSupplier(() -> "fine");
        int afterFine = drained.getMetrics().getAvailablePermissions();
        String second = drained.executeSupplier(() -> "busy");

        assertThat(List.of(first, second)).containsExactly("fine", "busy");
        assertThat(afterFine).isEqualTo(4);
        assertThat(drained.getMetrics().getAvailablePermissions()).isZero();
    }

    @Test
    void refuses_to_wait() {
        RateLimiterConfig waiting =
                RateLimiterConfig.from(config(5)).timeoutDuration(SECOND).build();

        assertThatThrownBy(() -> new ExactWindow("waiting", waiting, clock.ticker()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> window.changeTimeoutDuration(SECOND)).isInstanceOf(IllegalArgumentException.class);
        window.changeTimeoutDuration(Duration.ZERO);
        assertThat(window.getRateLimiterConfig().getTimeoutDuration()).isZero();
    }

    @Test
    void refuses_to_take_no_permit() {
        assertThatThrownBy(() -> window.acquirePermission(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> window.acquirePermission(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(window.getMetrics().getAvailablePermissions()).isEqualTo(5);
    }

    @Test
    void threads_share_it() {
        ExactWindow shared = new ExactWindow("shared", config(1_000), clock.ticker());

        List<Integer> grants = Together.run(16, () -> {
            int mine = 0;
            for (int i = 0; i < 200; i++) {
                mine += shared.acquirePermission() ? 1 : 0;
            }
            return mine;
        });

        assertThat(grants.stream().mapToInt(Integer::intValue).sum()).isEqualTo(1_000);
    }

    private static RateLimiterConfig config(int permits) {
        return RateLimiterConfig.custom()
                .limitForPeriod(permits)
                .limitRefreshPeriod(SECOND)
                .timeoutDuration(Duration.ZERO)
                .build();
    }
}
