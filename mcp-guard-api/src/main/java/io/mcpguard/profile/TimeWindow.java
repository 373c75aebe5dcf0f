package io.mcpguard.profile;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * Times of the week at which a profile may be used, by the clock on the wall of one place.
 *
 * <p>A window whose end is not after its start ends on the following day, so {@code 22:00} to {@code 06:00} on Monday ends on
 * Tuesday morning, and {@code 00:00} to {@code 00:00} is the whole day. Where clocks go forward, the hour that is left out is left
 * out of the window; where they go back, both hours of one name belong to it.
 *
 * @param days days on which the window starts; not empty
 * @param from first moment, by the minute or finer
 * @param to first moment after it
 * @param zone whose clock
 * @since 0.1
 */
public record TimeWindow(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) {

    private static final int SECONDS_A_DAY = 86_400;

    public TimeWindow {
        if (days.isEmpty()) {
            throw new IllegalArgumentException("a time window names the days on which it starts");
        }
        days = Collections.unmodifiableSet(EnumSet.copyOf(days));
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(zone, "zone");
    }

    /**
     * Says whether a moment lies in the window.
     *
     * @param now the moment
     * @return whether it does
     */
    public boolean contains(Instant now) {
        long local = now.getEpochSecond() + zone.getRules().getOffset(now).getTotalSeconds();
        long day = Math.floorDiv(local, SECONDS_A_DAY);
        int second = (int) Math.floorMod(local, (long) SECONDS_A_DAY);
        if (from.isBefore(to)) {
            return second >= from.toSecondOfDay() && second < to.toSecondOfDay() && starts(day);
        }
        return (second >= from.toSecondOfDay() && starts(day)) || (second < to.toSecondOfDay() && starts(day - 1));
    }

    /** Whether a window starts on a day, counted from the first of January 1970. */
    private boolean starts(long day) {
        // The first of January 1970 was a Thursday.
        return days.contains(DayOfWeek.THURSDAY.plus(day));
    }
}
