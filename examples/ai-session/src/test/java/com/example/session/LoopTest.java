package com.example.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class LoopTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void counts_the_calls_of_the_window_before_the_refusal() {
        // Sent and answered: a call at 0 s, then 61, 62, 63 s, refused at 64 s. The first has left the window.
        Loop loop = looped(0, 0, 61, 61, 62, 62, 63, 63, 64, 64);

        assertThat(loop.windowHeld(3, MINUTE)).isTrue();
        assertThat(loop.windowHeld(4, MINUTE)).isFalse();
        assertThat(loop.windowHeld(2, MINUTE)).isFalse();
    }

    @Test
    void takes_both_numbers_for_right_when_a_call_may_have_been_on_either_side_of_the_edge() {
        // The first call happened somewhere between 0 and 10 s; the window starts at 5 s.
        Loop loop = looped(0, 10, 20, 20, 65, 65);

        assertThat(loop.windowHeld(1, MINUTE)).isTrue();
        assertThat(loop.windowHeld(2, MINUTE)).isTrue();
        assertThat(loop.windowHeld(3, MINUTE)).isFalse();
    }

    /** Every pair of seconds is a call; the last one is refused. */
    private static Loop looped(long... seconds) {
        Queue<Instant> times = new ArrayDeque<>(List.of(Instant.EPOCH, Instant.EPOCH));
        for (long second : seconds) {
            times.add(Instant.ofEpochSecond(second));
        }
        Loop loop = new Loop(times::remove);
        Answer fine = new Answer(false, JsonNodeFactory.instance.objectNode());
        Answer refused = new Answer(true, JsonNodeFactory.instance.objectNode());
        loop.run(() -> times.size() > 1 ? fine : refused, 100);
        return loop;
    }
}
