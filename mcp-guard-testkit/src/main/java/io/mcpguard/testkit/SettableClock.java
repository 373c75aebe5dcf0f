package io.mcpguard.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * A clock that stands still until a test moves it: the time of day and a ticker of nanoseconds, which move together.
 *
 * <p>Safe for use by many threads at once.
 *
 * @since 0.1
 */
public final class SettableClock implements InstantSource {

    private volatile Reading reading;

    /** Makes a clock at noon of the first day of 2026, UTC. */
    public SettableClock() {
        this(Instant.parse("2026-01-01T12:00:00Z"));
    }

    /**
     * Makes a clock.
     *
     * @param start the time of day it shows
     */
    public SettableClock(Instant start) {
        // Not zero on purpose: what takes zero for "never" is found out.
        reading = new Reading(start, -1_000_000_007L);
    }

    /** Returns the time of day. */
    @Override
    public Instant instant() {
        return reading.instant();
    }

    /**
     * Returns the ticker's reading.
     *
     * @return nanoseconds since some instant; only differences mean anything, as with {@link System#nanoTime()}
     */
    public long nanos() {
        return reading.nanos();
    }

    /**
     * Returns the ticker, for what takes its time from one.
     *
     * @return a supplier of {@link #nanos()}
     */
    public LongSupplier ticker() {
        return this::nanos;
    }

    /**
     * Lets time pass.
     *
     * @param by how much, not negative
     */
    public synchronized void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("time passes forward; goBack is the other direction");
        }
        reading = reading.moved(by);
    }

    /**
     * Sets both the time of day and the ticker back, as no sound clock does.
     *
     * @param by how much, not negative
     */
    public synchronized void goBack(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("time goes back by a positive duration");
        }
        reading = reading.moved(by.negated());
    }

    /**
     * Sets the time of day alone, as an operator or a time server does. The ticker stays.
     *
     * @param instant the time of day it shows from now on
     */
    public synchronized void set(Instant instant) {
        reading = new Reading(instant, reading.nanos());
    }

    /** Names the time of day. */
    @Override
    public String toString() {
        return "SettableClock[" + instant() + "]";
    }

    private record Reading(Instant instant, long nanos) {
        Reading moved(Duration by) {
            return new Reading(instant.plus(by), nanos + by.toNanos());
        }
    }
}
