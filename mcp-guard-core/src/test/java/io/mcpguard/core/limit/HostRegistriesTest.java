package io.mcpguard.core.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.mcpguard.limit.Limit;
import io.mcpguard.limit.LimitDemand;
import io.mcpguard.limit.LimitKey;
import io.mcpguard.limit.Reservation;
import io.mcpguard.limit.Reservation.Granted;
import io.mcpguard.limit.Reservation.Refused;
import io.mcpguard.testkit.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HostRegistriesTest {

    private static final String RATE = "mcp-guard/profile/claude/burst";
    private static final String FLIGHT = "mcp-guard/profile/claude/flight";

    private final SettableClock clock = new SettableClock();
    private final RateLimiterRegistry rateLimiters = RateLimiterRegistry.ofDefaults();
    private final BulkheadRegistry bulkheads = BulkheadRegistry.ofDefaults();
    private final WindowLimiter limiter = WindowLimiter.builder(clock.ticker())
            .registries(rateLimiters, bulkheads)
            .build();

    @Test
    void the_host_sees_each_count_and_what_is_left_of_it() {
        reserve("profile");

        RateLimiter rate = rateLimiters.find(RATE).orElseThrow();
        Bulkhead flight = bulkheads.find(FLIGHT).orElseThrow();
        assertThat(rate.getMetrics().getAvailablePermissions()).isEqualTo(2);
        assertThat(rate.getTags()).containsEntry("owner", "claude");
        assertThat(flight.getMetrics().getAvailableConcurrentCalls()).isEqualTo(1);
        assertThat(flight.getMetrics().getMaxAllowedConcurrentCalls()).isEqualTo(2);
    }

    @Test
    void what_the_host_takes_itself_is_counted_too() {
        reserve("profile").permit().close();

        rateLimiters.find(RATE).orElseThrow().acquirePermission(2);
        Bulkhead flight = bulkheads.find(FLIGHT).orElseThrow();
        flight.acquirePermission();
        flight.acquirePermission();

        assertThatThrownBy(flight::acquirePermission).isInstanceOf(BulkheadFullException.class);
        assertThat(limiter.reserve(List.of(rate("profile")))).isInstanceOf(Refused.class);
        assertThat(limiter.reserve(List.of(flight("profile")))).isInstanceOf(Refused.class);
        flight.onComplete();
        assertThat(limiter.reserve(List.of(flight("profile")))).isInstanceOf(Granted.class);
    }

    @Test
    void the_host_hears_of_every_call_admitted_refused_and_ended() {
        reserve("profile").permit().close();
        List<String> heard = new ArrayList<>();
        rateLimiters.find(RATE).orElseThrow().getEventPublisher().onEvent(e -> heard.add("rate " + e.getEventType()));
        bulkheads.find(FLIGHT).orElseThrow().getEventPublisher().onEvent(e -> heard.add("flight " + e.getEventType()));

        reserve("profile").permit().close();
        reserve("profile");
        limiter.reserve(List.of(rate("profile"), flight("profile")));

        assertThat(heard)
                .containsExactly(
                        "rate SUCCESSFUL_ACQUIRE",
                        "flight CALL_PERMITTED",
                        "flight CALL_FINISHED",
                        "rate SUCCESSFUL_ACQUIRE",
                        "flight CALL_PERMITTED",
                        "rate FAILED_ACQUIRE");
    }

    @Test
    void a_listener_that_fails_costs_no_call_and_no_permit() {
        reserve("profile").permit().close();
        rateLimiters.find(RATE).orElseThrow().getEventPublisher().onEvent(e -> {
            throw new IllegalStateException("listener");
        });
        bulkheads.find(FLIGHT).orElseThrow().getEventPublisher().onEvent(e -> {
            throw new IllegalStateException("listener");
        });

        reserve("profile").permit().close();
        reserve("profile").permit().close();

        assertThat(limiter.reserve(List.of(rate("profile")))).isInstanceOf(Refused.class);
        assertThat(bulkheads.find(FLIGHT).orElseThrow().getMetrics().getAvailableConcurrentCalls())
                .isEqualTo(2);
    }

    @Test
    void addresses_are_not_shown_since_callers_choose_them() {
        reserve("address").permit().close();

        assertThat(rateLimiters.getAllRateLimiters()).isEmpty();
        assertThat(bulkheads.getAllBulkheads()).isEmpty();
    }

    @Test
    void a_count_that_is_forgotten_is_taken_out_of_the_registries() {
        reserve("profile").permit().close();
        clock.advance(Duration.ofMinutes(10));

        // Each reservation looks at a few counts of its keys' shards, so many keys reach every shard.
        IntStream.range(0, 1_000)
                .forEach(i -> limiter.reserve(List.of(new LimitDemand(
                        new LimitKey("address", "10.0.0." + i, "burst"),
                        new Limit.Rate("burst", 1, Duration.ofSeconds(1))))));

        assertThat(rateLimiters.getAllRateLimiters()).isEmpty();
        assertThat(bulkheads.getAllBulkheads()).isEmpty();
    }

    @Test
    void a_name_that_the_host_has_taken_stays_the_host_s() {
        RateLimiter own = rateLimiters.rateLimiter(RATE);
        Bulkhead ownFlight = bulkheads.bulkhead(FLIGHT);

        reserve("profile");

        assertThat(rateLimiters.find(RATE)).containsSame(own);
        assertThat(bulkheads.find(FLIGHT)).containsSame(ownFlight);
        assertThat(limiter.reserve(List.of(rate("profile"), rate("profile"), rate("profile"))))
                .as("and the count holds all the same")
                .isInstanceOf(Refused.class);
    }

    @Test
    void the_host_changes_a_bulkhead_without_waiting_for_calls_in_flight() {
        reserve("profile");
        reserve("profile");
        Bulkhead flight = bulkheads.find(FLIGHT).orElseThrow();

        flight.changeConfig(BulkheadConfig.custom()
                .maxConcurrentCalls(1)
                .maxWaitDuration(Duration.ZERO)
                .build());
        flight.releasePermission();

        assertThat(flight.tryAcquirePermission()).isFalse();
        assertThatThrownBy(() -> flight.changeConfig(BulkheadConfig.custom()
                        .maxWaitDuration(Duration.ofSeconds(1))
                        .build()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Granted reserve(String scope) {
        Reservation answer = limiter.reserve(List.of(rate(scope), flight(scope)));
        assertThat(answer).isInstanceOf(Granted.class);
        return (Granted) answer;
    }

    private static LimitDemand rate(String scope) {
        return new LimitDemand(
                new LimitKey(scope, "claude", "burst"), new Limit.Rate("burst", 3, Duration.ofSeconds(1)));
    }

    private static LimitDemand flight(String scope) {
        return new LimitDemand(new LimitKey(scope, "claude", "flight"), new Limit.Concurrency("flight", 2));
    }
}
