package io.mcpguard.core.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import io.mcpguard.testkit.Admissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdmissionRingTest {

    private static final long PERIOD = 1_000;

    @Test
    void agrees_with_a_list_of_every_admission() {
        qt().withFixedSeed(20_260_101)
                .forAll(
                        integers().between(1, 40),
                        lists().of(integers().between(0, 400)).ofSizeBetween(1, 300))
                .checkAssert((permits, pauses) -> {
                    AdmissionRing ring = new AdmissionRing(permits, PERIOD, 0);
                    List<Long> every = new ArrayList<>();
                    long now = 0;
                    for (int pause : pauses) {
                        now += pause < 200 ? 0 : pause - 200;
                        ring.moveTo(now);
                        long since = now - PERIOD;
                        long held = every.stream().filter(at -> at > since).count();
                        assertThat(ring.free()).isEqualTo((int) (permits - held));
                        if (ring.waitFor(1) == 0) {
                            ring.take(1);
                            every.add(now);
                        } else {
                            assertThat(ring.waitFor(1)).isEqualTo(every.get(every.size() - permits) + PERIOD - now);
                        }
                    }
                });
    }

    @Test
    void no_window_holds_more_and_a_patient_caller_gets_all() {
        qt().withFixedSeed(20_260_102)
                .forAll(
                        integers().between(1, 60),
                        lists().of(integers().between(0, 500)).ofSizeBetween(1, 200))
                .checkAssert((permits, pauses) -> {
                    AdmissionRing ring = new AdmissionRing(permits, PERIOD, 0);
                    Admissions admitted = new Admissions();
                    long now = 0;
                    for (int pause : pauses) {
                        now += pause < 300 ? 0 : pause;
                        ring.moveTo(now);
                        now = takeOne(ring, now, admitted);
                    }
                    assertThat(admitted.mostInAny(Duration.ofNanos(PERIOD))).isLessThanOrEqualTo(permits);
                    assertThat(admitted.total()).isEqualTo(pauses.size());

                    long from = now + PERIOD;
                    int before = admitted.total();
                    for (now = from; now - from < 5 * PERIOD; ) {
                        ring.moveTo(now);
                        if (ring.waitFor(1) > 0) {
                            now += ring.waitFor(1);
                        } else {
                            ring.take(1);
                            admitted.at(now);
                        }
                    }
                    assertThat(admitted.total() - before).isEqualTo(5 * permits);
                });
    }

    @Test
    void a_limit_with_more_permits_than_slots_stays_exact_above_and_late_by_one_slot_at_most() {
        int slots = 10;
        qt().withFixedSeed(20_260_103)
                .forAll(
                        integers().between(11, 100),
                        lists().of(integers().between(0, 60)).ofSizeBetween(50, 400))
                .checkAssert((permits, pauses) -> {
                    AdmissionRing ring = new AdmissionRing(permits, PERIOD, 0, slots);
                    Admissions admitted = new Admissions();
                    List<Long> every = new ArrayList<>();
                    long now = 0;
                    for (int pause : pauses) {
                        now += pause < 20 ? 0 : pause - 20;
                        ring.moveTo(now);
                        if (ring.waitFor(1) == 0) {
                            ring.take(1);
                            every.add(now);
                            admitted.at(now);
                        } else {
                            long exact = every.get(every.size() - permits) + PERIOD - now;
                            assertThat(ring.waitFor(1)).isBetween(exact, exact + PERIOD / slots);
                        }
                        assertThat(ring.capacity()).isLessThanOrEqualTo(2 * slots + 2);
                    }
                    assertThat(admitted.mostInAny(Duration.ofNanos(PERIOD))).isLessThanOrEqualTo(permits);
                });
    }

    @Test
    void no_window_of_the_limit_in_force_holds_more_however_the_limit_changes() {
        qt().withFixedSeed(20_260_104)
                .forAll(lists().of(integers().between(0, 100_000)).ofSizeBetween(1, 300))
                .checkAssert(steps -> {
                    AdmissionRing ring = new AdmissionRing(5, PERIOD, 0);
                    List<Long> every = new ArrayList<>();
                    int permits = 5;
                    long period = PERIOD;
                    long now = 0;
                    for (int step : steps) {
                        now += step % 300;
                        ring.moveTo(now);
                        if (step % 7 == 0) {
                            permits = 1 + step % 20;
                            period = 200L + step % 5_000;
                            ring.change(permits, period);
                        }
                        if (ring.waitFor(1) == 0) {
                            ring.take(1);
                            every.add(now);
                            long since = now - period;
                            assertThat(every.stream().filter(at -> at > since).count())
                                    .isLessThanOrEqualTo(permits);
                        } else {
                            assertThat(ring.waitFor(1)).isBetween(1L, period);
                        }
                    }
                });
    }

    @Test
    void an_enormous_limit_takes_no_more_memory_than_its_slots() {
        AdmissionRing ring =
                new AdmissionRing(Integer.MAX_VALUE, Duration.ofDays(366).toNanos(), 0);

        for (long i = 1; i <= 1_000_000; i++) {
            ring.moveTo(i * 10_000_000_000L);
            ring.take(1);
        }

        assertThat(ring.capacity()).isLessThanOrEqualTo(AdmissionRing.SLOTS + 2);
        assertThat(ring.free()).isEqualTo(Integer.MAX_VALUE - 1_000_000);
    }

    @Test
    void memory_grows_with_use_and_not_with_the_limit() {
        AdmissionRing ring = new AdmissionRing(10_000, PERIOD, 0);

        ring.take(1);

        assertThat(ring.capacity()).isEqualTo(4);
    }

    @Test
    void a_lowered_limit_gives_its_memory_back() {
        AdmissionRing ring = new AdmissionRing(10_000, PERIOD, 0);
        for (int i = 0; i < 10_000; i++) {
            ring.moveTo(i);
            ring.take(1);
        }

        ring.moveTo(20_000);
        ring.change(10, PERIOD);

        assertThat(ring.capacity()).isLessThanOrEqualTo(40);
        assertThat(ring.free()).isEqualTo(10);
    }

    @Test
    void readings_may_cross_the_end_of_a_long() {
        long start = Long.MAX_VALUE - 10;
        AdmissionRing ring = new AdmissionRing(1, PERIOD, start);
        ring.take(1);

        ring.moveTo(start + PERIOD - 1);
        assertThat(ring.free()).isZero();
        ring.moveTo(start + PERIOD);
        assertThat(ring.free()).isEqualTo(1);
    }

    private static long takeOne(AdmissionRing ring, long now, Admissions admitted) {
        long at = now + ring.waitFor(1);
        ring.moveTo(at);
        ring.take(1);
        admitted.at(at);
        return at;
    }
}
