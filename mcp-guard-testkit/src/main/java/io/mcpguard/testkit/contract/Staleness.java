package io.mcpguard.testkit.contract;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for a change to be seen, no longer than an implementation says it takes. */
final class Staleness {

    private static final Duration PAUSE = Duration.ofMillis(10);

    private Staleness() {}

    /** Tries at once, and again until the time is over; with no time at all the first try counts. */
    static void within(Duration time, Runnable assertion) {
        long start = System.nanoTime();
        while (true) {
            boolean last = System.nanoTime() - start >= time.toNanos();
            try {
                assertion.run();
                return;
            } catch (AssertionError e) {
                if (last) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }
}
