package io.mcpguard.cli.audit;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Points in time as people write them: an ISO instant, a local date and time, a date, a time of today, or {@code today},
 * {@code yesterday} and {@code now}, the first two also followed by a time. A day without a time is its beginning.
 *
 * @param zone where the clock on the wall hangs
 * @param now what it shows
 */
record WhenText(ZoneId zone, Instant now) {

    Instant read(String text) {
        String plain = text.strip().toLowerCase(Locale.ROOT);
        if (plain.equals("now")) {
            return now;
        }
        String iso = text.strip().toUpperCase(Locale.ROOT).replace(' ', 'T');
        return day(plain)
                .or(() -> attempt(() -> OffsetDateTime.parse(iso).toInstant()))
                .or(() -> attempt(() -> LocalDateTime.parse(iso).atZone(zone).toInstant()))
                .or(() -> attempt(() -> LocalDate.parse(iso).atStartOfDay(zone).toInstant()))
                .or(() -> attempt(() -> at(today(), LocalTime.parse(iso))))
                .orElseThrow(() -> new IllegalArgumentException("'" + Printable.of(text, 60)
                        + "' is no time. Write 2026-11-21T14:00, 2026-11-21T14:00Z, 2026-11-21, 14:00, 'yesterday 14:00',"
                        + " today, yesterday or now."));
    }

    private Optional<Instant> day(String plain) {
        String[] words = plain.split("\\s+", 2);
        LocalDate day = switch (words[0]) {
            case "today" -> today();
            case "yesterday" -> today().minusDays(1);
            default -> LocalDate.MIN;
        };
        if (day.equals(LocalDate.MIN)) {
            return Optional.empty();
        }
        return words.length == 1
                ? Optional.of(day.atStartOfDay(zone).toInstant())
                : attempt(() -> at(day, LocalTime.parse(words[1])));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(now, zone);
    }

    private Instant at(LocalDate day, LocalTime time) {
        return day.atTime(time).atZone(zone).toInstant();
    }

    private static Optional<Instant> attempt(Supplier<Instant> reading) {
        try {
            return Optional.of(reading.get());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
