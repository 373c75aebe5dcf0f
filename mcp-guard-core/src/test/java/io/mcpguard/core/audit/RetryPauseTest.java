package io.mcpguard.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.error.AuditWriteException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryPauseTest {

    private final Throwable plain = new AuditWriteException("no", null);

    private final RetryPause pause = new RetryPause(Duration.ofSeconds(1), Duration.ofMinutes(1), new Random(1));

    @Test
    void doubles_up_to_the_longest_and_leaves_half_to_chance() {
        for (long bound : new long[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            assertThat(pause.after(plain)).isBetween(Duration.ofMillis(bound * 500), Duration.ofSeconds(bound));
        }
    }

    @Test
    void two_feeds_do_not_come_back_together() {
        RetryPause other = new RetryPause(Duration.ofSeconds(1), Duration.ofMinutes(1), new Random(2));

        assertThat(pause.after(plain)).isNotEqualTo(other.after(plain));
    }

    @Test
    void begins_anew_after_a_success() {
        pause.after(plain);
        pause.after(plain);
        pause.reset();

        assertThat(pause.after(plain)).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void waits_as_long_as_the_receiver_asks_but_not_for_ever() {
        assertThat(pause.after(AuditWriteException.retryAfter("busy", Duration.ofSeconds(90))))
                .isEqualTo(Duration.ofSeconds(90));
        assertThat(pause.after(AuditWriteException.retryAfter("busy", Duration.ofDays(365))))
                .isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void a_receiver_cannot_ask_for_less_than_is_right() {
        assertThat(pause.after(AuditWriteException.retryAfter("busy", Duration.ZERO)))
                .isGreaterThanOrEqualTo(Duration.ofMillis(500));
    }
}
