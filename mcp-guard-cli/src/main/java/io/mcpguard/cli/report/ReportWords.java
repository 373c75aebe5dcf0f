package io.mcpguard.cli.report;

import io.mcpguard.audit.AuditQuery;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Numbers and times as people read them. */
final class ReportWords {

    private ReportWords() {}

    static String time(Instant time, ZoneId zone) {
        return DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).format(time.atZone(zone));
    }

    /** As much of a time as tells one span from the next. */
    static String time(Instant time, ZoneId zone, long spanSeconds) {
        String pattern = spanSeconds >= 86_400 ? "uuuu-MM-dd" : spanSeconds >= 60 ? "MM-dd HH:mm" : "HH:mm:ss";
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(time.atZone(zone));
    }

    /** 950 µs, 12 ms, 3.4 s; and nothing where nothing was timed. */
    static String latency(CallTally tally, double percentile) {
        if (!tally.isTimed()) {
            return "-";
        }
        long micros = tally.percentileMicros(percentile);
        if (micros < 1_000) {
            return "<1 ms";
        }
        return micros < 1_000_000 ? micros / 1_000 + " ms" : String.format(Locale.ROOT, "%.1f s", micros / 1_000_000.0);
    }

    static String bytes(long bytes) {
        if (bytes < 1_000) {
            return bytes + " B";
        }
        String[] units = {"kB", "MB", "GB", "TB", "PB", "EB"};
        double left = bytes;
        int unit = -1;
        while (left >= 999.5 && unit + 1 < units.length) {
            left /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, left < 10 ? "%.1f %s" : "%.0f %s", left, units[unit]);
    }

    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** The most frequent first: {@code limit-reached 12, not-available 3}. */
    static String reasons(CallTally tally) {
        return tally.reasons().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .map(reason -> reason.getKey() + " " + count(reason.getValue()))
                .collect(Collectors.joining(", "));
    }

    static String span(long seconds) {
        if (seconds % 86_400 == 0) {
            return number(seconds / 86_400, "day");
        }
        if (seconds % 3_600 == 0) {
            return number(seconds / 3_600, "hour");
        }
        return seconds % 60 == 0 ? number(seconds / 60, "minute") : number(seconds, "second");
    }

    private static String number(long count, String unit) {
        return count == 1 ? "1 " + unit : count(count) + " " + unit + "s";
    }

    /** Everything else than times that was asked for. */
    static List<String> criteria(AuditQuery query) {
        List<String> criteria = new ArrayList<>();
        add("client", query.client(), criteria);
        add("profile", query.profile(), criteria);
        add("operation", query.operation(), criteria);
        add("principal", query.principal(), criteria);
        add("call", query.call(), criteria);
        add("stage", query.stage(), criteria);
        add("channel", query.channel(), criteria);
        add("decision", query.allowed().map(allowed -> allowed ? "allow" : "deny"), criteria);
        query.lowestStatus().ifPresent(lowest -> {
            int highest = query.highestStatus().orElse(lowest);
            criteria.add("status " + lowest + (highest == lowest ? "" : "-" + highest));
        });
        add("text", query.text(), criteria);
        query.arguments().forEach((pointer, kept) -> criteria.add("argument " + pointer + "=" + kept));
        return criteria;
    }

    private static void add(String name, Optional<?> value, List<String> criteria) {
        value.ifPresent(wanted -> criteria.add(name + " " + wanted));
    }
}
