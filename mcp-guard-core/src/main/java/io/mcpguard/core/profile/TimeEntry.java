package io.mcpguard.core.profile;

import io.mcpguard.profile.TimeWindow;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one entry of {@code times:}. All its keys are required: whoever leaves one out might mean anything. */
final class TimeEntry {

    private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

    private static final String WRITE_DAYS = "write days of the week such as [mon, tue, wed, thu, fri]";
    private static final String WRITE_TIME = "write a time of day between quotation marks, such as '08:00'";
    private static final String WRITE_ZONE = "write the name of a time zone, such as Europe/Berlin or UTC";
    private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):([0-5][0-9])");

    private TimeEntry() {}

    static Optional<TimeWindow> read(Fields fields) {
        if (!fields.has("days")) {
            fields.missing("days", WRITE_DAYS);
        }
        Set<DayOfWeek> days = fields.texts("days", WRITE_DAYS, WRITE_DAYS, TimeEntry::day);
        LocalTime from = fields.required("from", WRITE_TIME, TimeEntry::time);
        LocalTime to =
                fields.required("to", WRITE_TIME, text -> text.equals("24:00") ? LocalTime.MIDNIGHT : time(text));
        ZoneId zone = fields.required("zone", WRITE_ZONE, TimeEntry::zone);
        fields.done();
        return days.isEmpty() || from == null || to == null || zone == null
                ? Optional.empty()
                : Optional.of(new TimeWindow(days, from, to, zone));
    }

    private static DayOfWeek day(String text) {
        int index = DAYS.indexOf(text);
        if (index < 0) {
            throw new IllegalArgumentException();
        }
        return DayOfWeek.of(index + 1);
    }

    private static LocalTime time(String text) {
        Matcher form = TIME.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException();
        }
        return LocalTime.of(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)));
    }

    /** A name, not an offset: an offset would be wrong for half of the year. */
    private static ZoneId zone(String text) {
        if (!ZoneId.getAvailableZoneIds().contains(text)) {
            throw new IllegalArgumentException();
        }
        return ZoneId.of(text);
    }
}
