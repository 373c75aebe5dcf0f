package io.mcpguard.core.audit;

import io.mcpguard.error.AuditWriteException;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How long to leave a failing sink alone: twice as long each time, up to a longest pause, of which half is left to chance so that
 * services that lost one receiver do not come back to it together; never less than the receiver asked for. For one thread.
 */
final class RetryPause {

    /** No receiver can silence a sink for longer by what it asks for. */
    private static final Duration LONGEST_ASKED = Duration.ofMinutes(10);

    private final Duration first;
    private final Duration longest;
    private final RandomGenerator random;
    private Duration bound = Duration.ZERO;

    RetryPause(Duration first, Duration longest, RandomGenerator random) {
        this.first = first;
        this.longest = longest;
        this.random = random;
    }

    /** The pause after one more failure. */
    Duration after(Throwable failure) {
        Duration doubled = bound.isZero() ? first : bound.multipliedBy(2);
        bound = doubled.compareTo(longest) > 0 ? longest : doubled;
        long half = bound.toNanos() / 2;
        Duration pause = Duration.ofNanos(half + random.nextLong(half + 1));
        Optional<Duration> asked =
                failure instanceof AuditWriteException refused ? refused.retryAfter() : Optional.empty();
        return asked.map(RetryPause::bounded)
                .filter(wait -> wait.compareTo(pause) > 0)
                .orElse(pause);
    }

    private static Duration bounded(Duration asked) {
        return asked.compareTo(LONGEST_ASKED) > 0 ? LONGEST_ASKED : asked;
    }

    /** It works again. */
    void reset() {
        bound = Duration.ZERO;
    }
}
