package io.mcpguard.limit;

import java.time.Duration;

/**
 * One bound on how much a caller may do.
 *
 * @since 0.1
 */
public sealed interface Limit {

    /**
     * Names the limit in answers, records and metrics.
     *
     * @return 1 to 64 letters, digits, '.', '-' or '_'
     */
    String name();

    /**
     * At most so many calls in any window of a length: bursts up to the bound are allowed, and no window, wherever it
     * starts, ever holds more.
     *
     * @param name the limit's name
     * @param permits calls a window may hold, at least 1
     * @param period length of the window, from 1 millisecond to 366 days
     * @since 0.1
     */
    record Rate(String name, int permits, Duration period) implements Limit {
        public Rate {
            checkName(name);
            if (permits < 1) {
                throw new IllegalArgumentException("limit " + name + " must admit at least one call");
            }
            if (period.compareTo(Duration.ofMillis(1)) < 0 || period.compareTo(Duration.ofDays(366)) > 0) {
                throw new IllegalArgumentException("the period of limit " + name + " must be 1 ms to 366 days");
            }
        }
    }

    /**
     * At most so many calls at the same time.
     *
     * @param name the limit's name
     * @param permits calls in flight, at least 1
     * @since 0.1
     */
    record Concurrency(String name, int permits) implements Limit {
        public Concurrency {
            checkName(name);
            if (permits < 1) {
                throw new IllegalArgumentException("limit " + name + " must admit at least one call");
            }
        }
    }

    private static void checkName(String name) {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
            throw new IllegalArgumentException(
                    "a limit's name is 1 to 64 letters, digits, '.', '-' or '_' and starts with a letter or digit");
        }
    }
}
