package io.mcpguard.core.audit;

import io.mcpguard.audit.AuditQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tells from the text of a record that it cannot answer a query, so that only those are parsed that may. Lets through more than
 * answers it, never less: {@link AuditQuery#test} has the last word.
 */
final class RecordFilter {

    private final boolean timed;
    private final long from;
    private final long to;
    private final @Nullable Long call;
    private final List<String> parts;
    private final @Nullable String text;

    private RecordFilter(AuditQuery query) {
        this.timed = query.from().isPresent() || query.to().isPresent();
        this.from = query.from().map(RecordFilter::micros).orElse(Long.MIN_VALUE);
        this.to = query.to().map(RecordFilter::micros).orElse(Long.MAX_VALUE);
        this.call = query.call().map(UUID::getMostSignificantBits).orElse(null);
        this.parts = parts(query);
        this.text = query.text().filter(RecordFilter::standsForItself).orElse(null);
    }

    static RecordFilter of(AuditQuery query) {
        return new RecordFilter(query);
    }

    /** Whether it asks for a time or a call, so that bounds can help. */
    boolean isBounded() {
        return timed || call != null;
    }

    boolean mayAnswer(RecordBounds bounds) {
        return bounds.latest() >= from
                && bounds.earliest() <= to
                && (call == null || (bounds.leastCall() <= call && bounds.greatestCall() >= call));
    }

    boolean mayAnswer(String record) {
        if (timed) {
            long time = RecordText.timeMicros(record);
            if (time != RecordText.UNKNOWN && (time < from || time > to)) {
                return false;
            }
        }
        int at = 0;
        for (String part : parts) {
            at = record.indexOf(part, at);
            if (at < 0) {
                return false;
            }
        }
        return text == null || record.indexOf("\\u") >= 0 || containsIgnoringCase(record, text);
    }

    /** As many microseconds as can be counted; a fraction of one is cut off, which lets through more. */
    private static long micros(Instant time) {
        try {
            return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000), time.getNano() / 1000);
        } catch (ArithmeticException e) {
            return time.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    /** In the order in which they stand in a record, so that each search begins where the one before ended. */
    private static List<String> parts(AuditQuery query) {
        List<String> parts = new ArrayList<>();
        Map<String, String> arguments = query.arguments();
        if (arguments.size() == 1) {
            arguments.forEach((pointer, kept) -> parts.add(member(pointer, kept)));
        }
        query.call().ifPresent(id -> parts.add(member("callId", id.toString())));
        add("clientId", query.client(), parts);
        add("principal", query.principal(), parts);
        add("profileId", query.profile(), parts);
        add("channel", query.channel().map(Enum::name), parts);
        if (query.lowestStatus().isPresent()) {
            parts.add("\"httpStatus\":");
        }
        add("stage", query.stage().map(Enum::name), parts);
        add("operationId", query.operation(), parts);
        query.allowed().ifPresent(allowed -> parts.add("\"allowed\":" + allowed));
        return List.copyOf(parts);
    }

    private static void add(String name, Optional<String> value, List<String> parts) {
        value.ifPresent(wanted -> parts.add(member(name, wanted)));
    }

    /** As it stands in a record. */
    private static String member(String name, String value) {
        String object = new CanonicalJson().open().text(name, value).close().result();
        return object.substring(1, object.length() - 1);
    }

    /** Nothing that is escaped in a record. */
    private static boolean standsForItself(String text) {
        return text.chars().allMatch(c -> c >= 0x20 && c < 0x7F && c != '"' && c != '\\');
    }

    /** For a text in lower case and a record in ASCII. */
    private static boolean containsIgnoringCase(String record, String text) {
        if (text.isEmpty()) {
            return true;
        }
        char small = text.charAt(0);
        char capital = Character.toUpperCase(small);
        int last = record.length() - text.length();
        for (int i = 0; i <= last; i++) {
            char c = record.charAt(i);
            if ((c == small || c == capital) && record.regionMatches(true, i, text, 0, text.length())) {
                return true;
            }
        }
        return false;
    }
}
