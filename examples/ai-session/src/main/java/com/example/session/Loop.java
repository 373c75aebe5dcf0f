package com.example.session;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes one call again and again until it is refused, and knows when each was made. */
final class Loop {

    /** A call happened somewhere between being sent and being answered. */
    private record Attempt(Instant sent, Instant answered) {}

    private final InstantSource clock;
    private final List<Attempt> admitted = new ArrayList<>();
    private Attempt last;

    Loop(InstantSource clock) {
        this.clock = clock;
        this.last = new Attempt(clock.instant(), clock.instant());
    }

    /** Calls until one is refused, but not more often than {@code most}; the refusal, or empty when there was none. */
    Optional<Answer> run(Supplier<Answer> call, int most) {
        while (admitted.size() < most) {
            Instant sent = clock.instant();
            Answer answer = call.get();
            last = new Attempt(sent, clock.instant());
            if (answer.error()) {
                return Optional.of(answer);
            }
            admitted.add(last);
        }
        return Optional.empty();
    }

    int admitted() {
        return admitted.size();
    }

    /**
     * Whether the window before the refusal held exactly so many calls. On a slow machine a call at the edge may or may not have
     * been in the window, and both count as right; on any other there is one number only.
     */
    boolean windowHeld(int calls, Duration length) {
        Instant surelyAfter = last.answered().minus(length);
        Instant possiblyAfter = last.sent().minus(length);
        long surely =
                admitted.stream().filter(a -> a.sent().isAfter(surelyAfter)).count();
        long possibly = admitted.stream()
                .filter(a -> a.answered().isAfter(possiblyAfter))
                .count();
        return surely <= calls && calls <= possibly;
    }
}
