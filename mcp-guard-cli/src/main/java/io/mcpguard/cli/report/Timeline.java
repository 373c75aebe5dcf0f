package io.mcpguard.cli.report;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Counts calls by the time at which they ended, in spans of one length. The longer the time, the longer the spans, so that there are never more
 * than can be shown.
 */
final class Timeline {

    static final int MOST_SPANS = 150;

    /** Seconds; each divides the next. */
    private static final long[] LENGTHS = {1, 5, 15, 60, 300, 900, 3600, 10_800, 21_600, 86_400, 604_800, 2_419_200};

    private final TreeMap<Long, long[]> counts = new TreeMap<>();
    private final long shift;
    private int length;
    private long seconds = LENGTHS[0];

    /**
     * What happened in one span.
     *
     * @param begin when it begins
     * @param served calls that were let through and made no error
     * @param denied calls that were refused
     * @param errors calls that were let through and failed
     */
    record Span(Instant begin, long served, long denied, long errors) {
        long calls() {
            return served + denied + errors;
        }
    }

    /**
     * Starts to count.
     *
     * @param zone where days begin at midnight
     * @param around when; its offset from UTC is that of the whole time
     */
    Timeline(ZoneId zone, Instant around) {
        this.shift = zone.getRules().getOffset(around).getTotalSeconds();
    }

    void take(Instant time, boolean denied, boolean error, long calls) {
        counts(time)[denied ? 1 : error ? 2 : 0] += calls;
    }

    /** Makes the picture begin no later, and end no earlier. */
    void cover(Instant time) {
        counts(time);
    }

    private long[] counts(Instant time) {
        long[] found = counts.computeIfAbsent(index(time), any -> new long[3]);
        while (counts.lastKey() - counts.firstKey() >= MOST_SPANS) {
            lengthen();
            found = counts.computeIfAbsent(index(time), any -> new long[3]);
        }
        return found;
    }

    private long index(Instant time) {
        return Math.floorDiv(time.getEpochSecond() + shift, seconds);
    }

    private void lengthen() {
        long before = seconds;
        length++;
        seconds = length < LENGTHS.length ? LENGTHS[length] : seconds * 2;
        List<Long> indexes = new ArrayList<>(counts.keySet());
        List<long[]> values = new ArrayList<>(counts.values());
        counts.clear();
        for (int i = 0; i < values.size(); i++) {
            long[] into = counts.computeIfAbsent(Math.floorDiv(indexes.get(i) * before, seconds), any -> new long[3]);
            for (int kind = 0; kind < into.length; kind++) {
                into[kind] += values.get(i)[kind];
            }
        }
    }

    /** How long each span is. */
    long seconds() {
        return seconds;
    }

    /** All spans from the first to the last one, those without calls included. */
    List<Span> spans() {
        List<Span> spans = new ArrayList<>();
        if (counts.isEmpty()) {
            return spans;
        }
        for (long index = counts.firstKey(); index <= counts.lastKey(); index++) {
            long[] count = counts.getOrDefault(index, new long[3]);
            spans.add(new Span(Instant.ofEpochSecond(index * seconds - shift), count[0], count[1], count[2]));
        }
        return spans;
    }
}
