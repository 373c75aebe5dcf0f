package io.mcpguard.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeWindowTest {

    private static final long SEED = 20_261_123;
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static TimeWindow window(String day, String from, String to, ZoneId zone) {
        return new TimeWindow(Set.of(DayOfWeek.valueOf(day)), LocalTime.parse(from), LocalTime.parse(to), zone);
    }

    @ParameterizedTest
    @CsvSource({
        // In winter Berlin is an hour ahead. 2026-01-05 is a Monday.
        "2026-01-05T06:59:59Z, false",
        "2026-01-05T07:00:00Z, true",
        "2026-01-05T16:59:59Z, true",
        "2026-01-05T17:00:00Z, false",
        "2026-01-06T12:00:00Z, false",
        // In summer it is two hours ahead. 2026-07-06 is a Monday.
        "2026-07-06T06:00:00Z, true",
        "2026-07-06T16:00:00Z, false"
    })
    void goes_by_the_clock_on_the_wall_from_its_start_up_to_its_end(Instant moment, boolean inside) {
        assertThat(window("MONDAY", "08:00", "18:00", BERLIN).contains(moment)).isEqualTo(inside);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-05T21:59:59Z, false",
        "2026-01-05T22:00:00Z, true",
        "2026-01-06T05:59:59Z, true",
        "2026-01-06T06:00:00Z, false",
        "2026-01-05T05:00:00Z, false",
        "2026-01-06T22:00:00Z, false"
    })
    void one_that_crosses_midnight_belongs_to_the_day_on_which_it_starts(Instant moment, boolean inside) {
        assertThat(window("MONDAY", "22:00", "06:00", ZoneId.of("UTC")).contains(moment))
                .isEqualTo(inside);
    }

    @Test
    void sunday_night_reaches_into_monday() {
        TimeWindow night = window("SUNDAY", "22:00", "06:00", ZoneId.of("UTC"));

        assertThat(night.contains(Instant.parse("2026-01-05T03:00:00Z"))).isTrue();
        assertThat(night.contains(Instant.parse("2026-01-04T03:00:00Z"))).isFalse();
    }

    @Test
    void midnight_to_midnight_is_the_whole_day() {
        TimeWindow day = window("MONDAY", "00:00", "00:00", ZoneId.of("UTC"));

        assertThat(day.contains(Instant.parse("2026-01-05T00:00:00Z"))).isTrue();
        assertThat(day.contains(Instant.parse("2026-01-05T23:59:59.999Z"))).isTrue();
        assertThat(day.contains(Instant.parse("2026-01-06T00:00:00Z"))).isFalse();
        assertThat(day.contains(Instant.parse("2026-01-04T23:59:59Z"))).isFalse();
    }

    @Test
    void where_clocks_change_the_hour_left_out_is_left_out_and_the_one_that_comes_twice_counts_twice() {
        // 2026-03-29, 02:00 becomes 03:00 in Berlin; 2026-10-25, 03:00 becomes 02:00. Both are Sundays.
        TimeWindow small = window("SUNDAY", "02:00", "03:00", BERLIN);

        assertThat(small.contains(Instant.parse("2026-03-29T00:59:59Z"))).isFalse();
        assertThat(small.contains(Instant.parse("2026-03-29T01:00:00Z"))).isFalse();
        assertThat(small.contains(Instant.parse("2026-10-25T00:30:00Z"))).isTrue();
        assertThat(small.contains(Instant.parse("2026-10-25T01:30:00Z"))).isTrue();
        assertThat(small.contains(Instant.parse("2026-10-25T02:00:00Z"))).isFalse();
    }

    @Test
    void says_the_same_as_the_calendar_of_the_platform() {
        Random random = new Random(SEED);
        for (int round = 0; round < 20_000; round++) {
            TimeWindow window = new TimeWindow(
                    EnumSet.of(DayOfWeek.of(random.nextInt(7) + 1), DayOfWeek.of(random.nextInt(7) + 1)),
                    LocalTime.of(random.nextInt(24), random.nextInt(60)),
                    LocalTime.of(random.nextInt(24), random.nextInt(60)),
                    random.nextBoolean() ? BERLIN : ZoneId.of("Pacific/Apia"));
            Instant moment = Instant.ofEpochSecond(random.nextLong(-4_000_000_000L, 4_000_000_000L));

            assertThat(window.contains(moment))
                    .as("seed %s: %s in %s", SEED, moment, window)
                    .isEqualTo(byCalendar(window, moment));
        }
    }

    private static boolean byCalendar(TimeWindow window, Instant moment) {
        ZonedDateTime local = moment.atZone(window.zone());
        LocalTime time = local.toLocalTime();
        boolean today = window.days().contains(local.getDayOfWeek());
        boolean yesterday = window.days().contains(local.getDayOfWeek().minus(1));
        return window.from().isBefore(window.to())
                ? today && !time.isBefore(window.from()) && time.isBefore(window.to())
                : (today && !time.isBefore(window.from())) || (yesterday && time.isBefore(window.to()));
    }

    @Test
    void one_without_days_is_refused() {
        assertThatThrownBy(() -> new TimeWindow(Set.of(), LocalTime.MIN, LocalTime.NOON, BERLIN))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
