package io.mcpguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AdmissionsTest {

    private final Admissions admissions = new Admissions();

    @Test
    void counts_the_fullest_window_wherever_it_starts() {
        for (long nanos : new long[] {900, 0, 950, 1_000, 1_899, 1_900}) {
            admissions.at(nanos);
        }

        assertThat(admissions.total()).isEqualTo(6);
        assertThat(admissions.mostInAny(Duration.ofNanos(1_000))).isEqualTo(4);
        assertThat(admissions.mostInAny(Duration.ofNanos(1_001))).isEqualTo(5);
        assertThat(admissions.mostInAny(Duration.ofNanos(2))).isEqualTo(2);
    }

    @Test
    void counts_only_what_certainly_lay_in_the_window() {
        admissions.between(0, 10);
        admissions.between(5, 1_000);
        admissions.between(20, 900);

        assertThat(admissions.mostInAny(Duration.ofNanos(1_000))).isEqualTo(2);
    }

    @Test
    void holds_nothing_at_first() {
        assertThat(admissions.mostInAny(Duration.ofDays(1))).isZero();
    }
}
