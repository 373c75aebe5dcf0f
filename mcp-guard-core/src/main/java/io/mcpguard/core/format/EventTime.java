package io.mcpguard.core.format;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Times and spans as formats write them. What lies outside the years 1 to 9999 has no form there, and becomes their edge. */
final class EventTime {

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");
    private static final String[] MONTHS = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };
    private static final long NANOS_PER_MILLI = 1_000_000;

    private EventTime() {}

    static long millis(Instant time) {
        return within(time).toEpochMilli();
    }

    /** When something began that has just ended. */
    static long startMillis(Instant end, Duration span) {
        return Math.max(FIRST.toEpochMilli(), millis(end) - Math.max(0, millis(span)));
    }

    /** RFC 3339 in UTC, in microseconds at most, as RFC 5424 takes it too. */
    static String iso(Instant time) {
        return within(time).truncatedTo(ChronoUnit.MICROS).toString();
    }

    /** {@code Nov 22 2026 14:00:00.123 UTC}, whatever the language of the machine. */
    static String months(Instant time) {
        Instant whole = within(time);
        LocalDateTime utc = LocalDateTime.ofEpochSecond(whole.getEpochSecond(), whole.getNano(), ZoneOffset.UTC);
        StringBuilder text = new StringBuilder(32);
        text.append(MONTHS[utc.getMonthValue() - 1]).append(' ');
        digits(text, utc.getDayOfMonth(), 10).append(' ');
        digits(text, utc.getYear(), 1000).append(' ');
        digits(text, utc.getHour(), 10).append(':');
        digits(text, utc.getMinute(), 10).append(':');
        digits(text, utc.getSecond(), 10).append('.');
        return digits(text, (int) (utc.getNano() / NANOS_PER_MILLI), 100)
                .append(" UTC")
                .toString();
    }

    static long nanos(Duration span) {
        try {
            return span.toNanos();
        } catch (ArithmeticException e) {
            return span.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    static long millis(Duration span) {
        return nanos(span) / NANOS_PER_MILLI;
    }

    private static Instant within(Instant time) {
        return time.isBefore(FIRST) ? FIRST : time.isAfter(LAST) ? LAST : time;
    }

    private static StringBuilder digits(StringBuilder text, int number, int highest) {
        int rest = number;
        for (int place = highest; place > 0; place /= 10) {
            text.append((char) ('0' + rest / place));
            rest %= place;
        }
        return text;
    }
}
