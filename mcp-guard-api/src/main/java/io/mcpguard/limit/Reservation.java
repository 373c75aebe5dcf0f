package io.mcpguard.limit;

import java.time.Duration;
import java.util.Objects;

/**
 * The answer of a {@link Limiter}.
 *
 * @since 0.1
 */
public sealed interface Reservation {

    /**
     * Every limit admitted and a permit was taken from each.
     *
     * @param permit to close when the call has ended
     * @param tightest the limit with the least left, for the answer and the record
     * @since 0.1
     */
    record Granted(Permit permit, Standing tightest) implements Reservation {
        public Granted {
            Objects.requireNonNull(permit, "permit");
            Objects.requireNonNull(tightest, "tightest");
        }
    }

    /**
     * At least one limit was reached and no permit was taken from any.
     *
     * @param standing the limit that refuses longest
     * @since 0.1
     */
    record Refused(Standing standing) implements Reservation {
        public Refused {
            Objects.requireNonNull(standing, "standing");
        }
    }

    /**
     * How one limit stands after the reservation.
     *
     * @param limit the limit's name, empty text when no limit applies
     * @param permits the bound
     * @param remaining permits left now, 0 or more
     * @param retryAfter when one more permit will be free: zero when one is free now; for a limit on calls in flight, an
     *     estimate of at least one second
     * @since 0.1
     */
    record Standing(String limit, int permits, int remaining, Duration retryAfter) {
        public Standing {
            Objects.requireNonNull(limit, "limit");
            if (remaining < 0 || retryAfter.isNegative()) {
                throw new IllegalArgumentException("neither what remains nor the wait can be negative");
            }
        }

        /**
         * The standing of a call to which no limit applies.
         *
         * @return a standing with an empty name
         */
        public static Standing none() {
            return new Standing("", Integer.MAX_VALUE, Integer.MAX_VALUE, Duration.ZERO);
        }
    }
}
