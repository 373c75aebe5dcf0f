package io.mcpguard.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.limit.Limit;
import io.mcpguard.limit.LimitDemand;
import io.mcpguard.limit.LimitKey;
import io.mcpguard.limit.Limiter;
import io.mcpguard.limit.Permit;
import io.mcpguard.limit.Reservation;
import io.mcpguard.limit.Reservation.Granted;
import io.mcpguard.limit.Reservation.Refused;
import io.mcpguard.limit.Reservation.Standing;
import io.mcpguard.testkit.Admissions;
import io.mcpguard.testkit.SettableClock;
import io.mcpguard.testkit.Together;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The rules of {@link Limiter}. Extend it and say how to make one.
 *
 * <p>Time is the {@link SettableClock} that each limiter is made with, so that windows are tested to the nanosecond. What
 * cannot be tested here: that a limiter which asks elsewhere gives up after 100 milliseconds (the second half of LM-4), since
 * only its own test can make the other side hang; and LM-1 over several nodes, for the same reason.
 *
 * @since 0.1
 */
public abstract class LimiterContract {

    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final SettableClock clock = new SettableClock();

    /** For subclasses. */
    protected LimiterContract() {}

    /**
     * Makes the limiter under test.
     *
     * @param time the only time it may look at
     * @return a new limiter with nothing counted, and room for at least 5,000 keys
     */
    protected abstract Limiter newLimiter(SettableClock time);

    /**
     * Counts the keys a limiter holds in memory.
     *
     * @param limiter a limiter made here
     * @return the number of keys
     */
    protected abstract long keysHeld(Limiter limiter);

    @Test
    @DisplayName("LM-1 no window holds more than the limit, whenever calls arrive")
    void no_window_holds_more() {
        Limiter limiter = newLimiter(clock);
        Limit.Rate limit = rate(7, PERIOD);
        Admissions admitted = new Admissions();
        Random arrivals = new Random(20_260_101);

        for (int i = 0; i < 5_000; i++) {
            clock.advance(Duration.ofNanos(arrivals.nextInt(4) == 0 ? arrivals.nextInt(400_000_000) : 0));
            if (granted(limiter, demand("profile", limit))) {
                admitted.at(clock.nanos());
            }
        }

        assertThat(admitted.mostInAny(PERIOD)).isEqualTo(7);
    }

    @Test
    @DisplayName("LM-1 threads that ask at once get no more than the limit")
    void threads_get_no_more() {
        Limiter limiter = newLimiter(clock);

        List<Integer> grants = Together.run(16, () -> (int) IntStream.range(0, 100)
                .filter(i -> granted(limiter, demand("profile", rate(50, PERIOD))))
                .count());

        assertThat(grants.stream().mapToInt(Integer::intValue).sum()).isEqualTo(50);
    }

    @Test
    @DisplayName("LM-1 threads that ask while time passes find no window with more than the limit")
    void threads_find_no_fuller_window() {
        Limiter limiter = newLimiter(clock);
        Admissions admitted = new Admissions();

        Together.run(8, () -> {
            for (int i = 0; i < 1_000; i++) {
                long asked = clock.nanos();
                if (granted(limiter, demand("profile", rate(20, PERIOD)))) {
                    admitted.between(asked, clock.nanos());
                }
                clock.advance(Duration.ofMillis(1));
            }
            return true;
        });

        assertThat(admitted.mostInAny(PERIOD)).isLessThanOrEqualTo(20);
        assertThat(admitted.total()).isGreaterThanOrEqualTo(7 * 20);
    }

    @Test
    @DisplayName("LM-1 no more calls are in flight than the limit says")
    void no_more_in_flight() {
        Limiter limiter = newLimiter(clock);
        AtomicInteger inFlight = new AtomicInteger();

        List<Integer> most = Together.run(16, () -> {
            int seen = 0;
            for (int i = 0; i < 500; i++) {
                if (limiter.reserve(List.of(demand("profile", flight(3)))) instanceof Granted granted) {
                    seen = Math.max(seen, inFlight.incrementAndGet());
                    Thread.onSpinWait();
                    inFlight.decrementAndGet();
                    granted.permit().close();
                }
            }
            return seen;
        });

        assertThat(most).allMatch(seen -> seen <= 3);
        assertThat(burst(limiter, flight(3))).as("nothing is lost either").isEqualTo(3);
    }

    @Test
    @DisplayName("LM-1 each limit holds when several are asked for at once, whichever keys they have")
    void several_limits_hold_together() {
        Limiter limiter = newLimiter(clock);

        for (int i = 0; i < 500; i++) {
            LimitDemand[] demands = {
                demand("client-" + i, rate(2, PERIOD)),
                demand("profile-" + i, rate(1, PERIOD)),
                demand("profile-" + i, flight(1)),
                demand("operation-" + i, rate(9, PERIOD))
            };
            assertThat(granted(limiter, demands)).isTrue();
            assertThat(granted(limiter, demands)).isFalse();
            assertThat(granted(limiter, demands[2])).as("still in flight").isFalse();
        }
    }

    @Test
    @DisplayName("LM-2 a full burst is admitted when the window is empty, and what is left is told")
    void burst_is_admitted() {
        Limiter limiter = newLimiter(clock);

        List<Standing> standings = IntStream.range(0, 5)
                .mapToObj(i -> limiter.reserve(List.of(demand("profile", rate(5, PERIOD)))))
                .map(answer -> ((Granted) answer).tightest())
                .toList();

        assertThat(standings).extracting(Standing::remaining).containsExactly(4, 3, 2, 1, 0);
        assertThat(standings).allMatch(standing -> standing.limit().equals("burst") && standing.permits() == 5);
        assertThat(standings.get(0).retryAfter()).isZero();
        assertThat(standings.get(4).retryAfter()).isEqualTo(PERIOD);
    }

    @Test
    @DisplayName("LM-2 a caller who waits exactly as told is admitted, and not a moment sooner")
    void waiting_as_told_is_enough() {
        Limiter limiter = newLimiter(clock);
        burst(limiter, rate(5, PERIOD));
        clock.advance(Duration.ofNanos(123_456_789));

        Standing told = refusal(limiter, demand("profile", rate(5, PERIOD)));
        clock.advance(told.retryAfter().minusNanos(1));
        boolean sooner = granted(limiter, demand("profile", rate(5, PERIOD)));
        clock.advance(Duration.ofNanos(1));
        boolean then = granted(limiter, demand("profile", rate(5, PERIOD)));

        assertThat(told.remaining()).isZero();
        assertThat(told.retryAfter()).isEqualTo(PERIOD.minusNanos(123_456_789));
        assertThat(sooner).isFalse();
        assertThat(then).isTrue();
    }

    @Test
    @DisplayName("LM-2 a patient caller gets the limit in every period")
    void patience_is_rewarded() {
        Limiter limiter = newLimiter(clock);
        long start = clock.nanos();
        int admitted = 0;

        while (clock.nanos() - start < PERIOD.multipliedBy(10).toNanos()) {
            if (limiter.reserve(List.of(demand("profile", rate(6, PERIOD)))) instanceof Refused refused) {
                assertThat(refused.standing().retryAfter()).isPositive();
                clock.advance(refused.standing().retryAfter());
            } else {
                admitted++;
            }
        }

        assertThat(admitted).isEqualTo(60);
    }

    @Test
    @DisplayName("LM-3 when one limit refuses, nothing is taken from the others")
    void all_or_none() {
        Limiter limiter = newLimiter(clock);
        LimitDemand roomy = demand("roomy", rate(3, PERIOD));
        LimitDemand flying = demand("flying", flight(2));
        LimitDemand full = demand("full", rate(1, PERIOD));
        assertThat(granted(limiter, full)).isTrue();

        for (int i = 0; i < 10; i++) {
            assertThat(refusal(limiter, roomy, flying, full).limit()).isEqualTo("burst");
            assertThat(refusal(limiter, full, flying, roomy).limit()).isEqualTo("burst");
        }

        assertThat(countGranted(limiter, roomy)).isEqualTo(3);
        assertThat(countGranted(limiter, flying)).isEqualTo(2);
    }

    @Test
    @DisplayName("LM-3 a refusal for calls in flight takes nothing from a rate")
    void flight_refusal_takes_no_rate() {
        Limiter limiter = newLimiter(clock);
        LimitDemand roomy = demand("roomy", rate(3, PERIOD));
        LimitDemand flying = demand("flying", flight(1));
        assertThat(granted(limiter, flying)).isTrue();

        Standing told = refusal(limiter, roomy, flying);

        assertThat(told.limit()).isEqualTo("flight");
        assertThat(told.retryAfter()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(countGranted(limiter, roomy)).isEqualTo(3);
    }

    @Test
    @DisplayName("LM-3 all or none holds when threads ask for the same limits in different orders")
    void all_or_none_under_threads() {
        Limiter limiter = newLimiter(clock);
        LimitDemand first = demand("first", rate(400, PERIOD));
        LimitDemand second = demand("second", rate(300, PERIOD));
        LimitDemand third = demand("third", flight(200));
        AtomicInteger turn = new AtomicInteger();

        List<Integer> grants = Together.run(12, () -> {
            List<LimitDemand> order =
                    turn.getAndIncrement() % 2 == 0 ? List.of(first, second, third) : List.of(third, second, first);
            int mine = 0;
            for (int i = 0; i < 100; i++) {
                mine += limiter.reserve(order) instanceof Granted ? 1 : 0;
            }
            return mine;
        });

        assertThat(grants.stream().mapToInt(Integer::intValue).sum()).isEqualTo(200);
        assertThat(countGranted(limiter, first)).isEqualTo(200);
        assertThat(countGranted(limiter, second)).isEqualTo(100);
    }

    @Test
    @DisplayName("LM-3 the limit that refuses longest is told, and of those that grant the one with the least left")
    void most_restrictive_is_told() {
        Limiter limiter = newLimiter(clock);
        LimitDemand minute = demand("minute", new Limit.Rate("minute", 2, Duration.ofMinutes(1)));
        LimitDemand second = demand("second", new Limit.Rate("second", 2, PERIOD));
        LimitDemand wide = demand("wide", new Limit.Rate("wide", 90, PERIOD));

        Reservation granted = limiter.reserve(List.of(wide, minute));
        limiter.reserve(List.of(minute, second));
        limiter.reserve(List.of(second));
        Standing refused = refusal(limiter, second, wide, minute);

        assertThat(((Granted) granted).tightest().limit()).isEqualTo("minute");
        assertThat(refused.limit()).isEqualTo("minute");
        assertThat(refused.retryAfter()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    @DisplayName("LM-3 no demand at all is granted")
    void no_demand_is_granted() {
        Reservation answer = newLimiter(clock).reserve(List.of());

        assertThat(answer).isInstanceOf(Granted.class);
        assertThat(((Granted) answer).tightest()).isEqualTo(Standing.none());
    }

    @Test
    @DisplayName("LM-4 a refusal never waits for a permit")
    void never_waits() {
        Limiter limiter = newLimiter(clock);
        LimitDemand rate = demand("profile", rate(1, Duration.ofHours(1)));
        LimitDemand flight = demand("flying", flight(1));
        assertThat(granted(limiter, rate, flight)).isTrue();

        // The quickest of several, since any one of them may meet a pause of the machine.
        long quickest = IntStream.range(0, 5)
                .mapToLong(i -> {
                    long before = System.nanoTime();
                    refusal(limiter, rate, flight);
                    return System.nanoTime() - before;
                })
                .min()
                .orElseThrow();

        assertThat(Duration.ofNanos(quickest)).isLessThan(Duration.ofMillis(100));
    }

    @Test
    @DisplayName("LM-5 equal keys share one count, keys that differ in any part do not")
    void keys_count_apart() {
        Limiter limiter = newLimiter(clock);
        List<LimitKey> different = List.of(
                new LimitKey("profile", "a", "burst"),
                new LimitKey("client", "a", "burst"),
                new LimitKey("profile", "b", "burst"),
                new LimitKey("profile", "a", "other"),
                new LimitKey("profile", "a:burst", ""),
                new LimitKey("profile:a", "burst", ""));

        for (LimitKey key : different) {
            LimitKey equal = new LimitKey(key.scope(), key.owner(), key.limit());
            assertThat(granted(limiter, new LimitDemand(key, rate(1, PERIOD)))).isTrue();
            assertThat(granted(limiter, new LimitDemand(equal, rate(1, PERIOD))))
                    .isFalse();
        }
    }

    @Test
    @DisplayName("LM-6 a lowered limit holds at once and counts what was taken before")
    void lowered_limit_holds() {
        Limiter limiter = newLimiter(clock);
        for (int i = 0; i < 7; i++) {
            assertThat(granted(limiter, demand("profile", rate(10, PERIOD)))).isTrue();
            clock.advance(Duration.ofMillis(10));
        }

        Standing told = refusal(limiter, demand("profile", rate(5, PERIOD)));
        clock.advance(told.retryAfter());

        // Five of the seven must be the most that are left: the third has to grow old.
        assertThat(told.retryAfter()).isEqualTo(Duration.ofMillis(1_000 - 50));
        assertThat(countGranted(limiter, demand("profile", rate(5, PERIOD)))).isEqualTo(1);
    }

    @Test
    @DisplayName("LM-6 a raised limit holds at once and counts what was taken before")
    void raised_limit_holds() {
        Limiter limiter = newLimiter(clock);
        burst(limiter, rate(5, PERIOD));
        assertThat(granted(limiter, demand("profile", rate(2, PERIOD)))).isFalse();

        assertThat(burst(limiter, rate(8, PERIOD))).isEqualTo(3);
    }

    @Test
    @DisplayName("LM-6 a longer period counts what was taken before")
    void longer_period_holds() {
        Limiter limiter = newLimiter(clock);
        burst(limiter, rate(5, PERIOD));
        clock.advance(Duration.ofMillis(999));

        Standing told = refusal(limiter, demand("profile", rate(5, Duration.ofSeconds(10))));

        assertThat(told.retryAfter()).isEqualTo(Duration.ofMillis(9_001));
    }

    @Test
    @DisplayName("LM-6 a limit on calls in flight is lowered without waiting and counts those in flight")
    void lowered_flight_holds() {
        Limiter limiter = newLimiter(clock);
        List<Permit> permits = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            permits.add(((Granted) limiter.reserve(List.of(demand("profile", flight(4))))).permit());
        }

        List<Boolean> answers = new ArrayList<>();
        for (Permit permit : permits) {
            answers.add(granted(limiter, demand("profile", flight(2))));
            permit.close();
        }

        assertThat(answers).as("with 4, 3, 2 and 1 in flight").containsExactly(false, false, false, true);
    }

    @Test
    @DisplayName("LM-7 keys that are no longer used are forgotten after their window")
    void unused_keys_are_forgotten() {
        Limiter limiter = newLimiter(clock);
        List<Long> held = new ArrayList<>();

        for (int round = 0; round < 6; round++) {
            for (int i = 0; i < 2_000; i++) {
                limiter.reserve(List.of(demand("address-" + round + "-" + i, rate(2, PERIOD))));
            }
            held.add(keysHeld(limiter));
            clock.advance(PERIOD.multipliedBy(2));
        }

        assertThat(held).allMatch(keys -> keys <= 4_000);
    }

    @Test
    @DisplayName("LM-7 no key is forgotten before its window, however many others come")
    void no_key_is_forgotten_too_soon() {
        Limiter limiter = newLimiter(clock);
        LimitDemand full = demand("full", rate(1, PERIOD));
        LimitDemand flying = demand("flying", flight(1));
        assertThat(granted(limiter, full)).isTrue();
        assertThat(granted(limiter, flying)).isTrue();
        clock.advance(PERIOD.minusNanos(1));

        for (int i = 0; i < 4_000; i++) {
            limiter.reserve(List.of(demand("address-" + i, rate(2, PERIOD))));
        }

        assertThat(granted(limiter, full)).isFalse();
        clock.advance(PERIOD.multipliedBy(5));
        assertThat(granted(limiter, flying))
                .as("a call in flight has no window")
                .isFalse();
    }

    @Test
    @DisplayName("LM-8 closing a permit twice gives back once")
    void closing_twice_gives_back_once() {
        Limiter limiter = newLimiter(clock);
        Reservation first = limiter.reserve(List.of(demand("profile", flight(2))));
        assertThat(granted(limiter, demand("profile", flight(2)))).isTrue();

        ((Granted) first).permit().close();
        ((Granted) first).permit().close();

        assertThat(burst(limiter, flight(2))).isEqualTo(1);
    }

    @Test
    @DisplayName("LM-8 closing a permit gives nothing back to a rate")
    void closing_gives_back_no_rate() {
        Limiter limiter = newLimiter(clock);
        Reservation only = limiter.reserve(List.of(demand("profile", rate(1, PERIOD))));

        ((Granted) only).permit().close();

        assertThat(granted(limiter, demand("profile", rate(1, PERIOD)))).isFalse();
    }

    @Test
    @DisplayName("LM-9 a clock that goes back admits nothing more, nor when it has caught up")
    void clock_going_back_admits_nothing() {
        Limiter limiter = newLimiter(clock);
        burst(limiter, rate(3, PERIOD));

        clock.goBack(Duration.ofHours(1));
        boolean back = granted(limiter, demand("profile", rate(3, PERIOD)));
        clock.advance(Duration.ofHours(1));
        boolean caughtUp = granted(limiter, demand("profile", rate(3, PERIOD)));
        clock.advance(PERIOD);

        assertThat(back).isFalse();
        assertThat(caughtUp).isFalse();
        assertThat(burst(limiter, rate(3, PERIOD))).isEqualTo(3);
    }

    private static Limit.Rate rate(int permits, Duration period) {
        return new Limit.Rate("burst", permits, period);
    }

    private static Limit.Concurrency flight(int permits) {
        return new Limit.Concurrency("flight", permits);
    }

    private static LimitDemand demand(String owner, Limit limit) {
        return new LimitDemand(new LimitKey("profile", owner, limit.name()), limit);
    }

    private static boolean granted(Limiter limiter, LimitDemand... demands) {
        return limiter.reserve(List.of(demands)) instanceof Granted;
    }

    private static Standing refusal(Limiter limiter, LimitDemand... demands) {
        Reservation answer = limiter.reserve(List.of(demands));
        assertThat(answer).isInstanceOf(Refused.class);
        return ((Refused) answer).standing();
    }

    private static int burst(Limiter limiter, Limit limit) {
        return countGranted(limiter, demand("profile", limit));
    }

    private static int countGranted(Limiter limiter, LimitDemand demand) {
        int grants = 0;
        while (granted(limiter, demand)) {
            grants++;
            assertThat(grants).as("a limiter that never refuses").isLessThan(100_000);
        }
        return grants;
    }
}
