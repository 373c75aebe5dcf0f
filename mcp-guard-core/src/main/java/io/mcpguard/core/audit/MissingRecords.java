package io.mcpguard.core.audit;

import java.util.Map;
import java.util.TreeMap;

/** Ranges of records that were not where they belong, and may still turn up elsewhere. */
final class MissingRecords {

    private final TreeMap<Long, Range> ranges = new TreeMap<>();

    private record Range(long last, String file, long offset) {}

    /** Takes what is still missing at the end. */
    @FunctionalInterface
    interface Visitor {
        void missing(long first, long last, String file, long offset);
    }

    void add(long first, long last, String file, long offset) {
        ranges.put(first, new Range(last, file, offset));
    }

    /** Takes a record off the list; false when it was not on it. */
    boolean found(long sequence) {
        Map.Entry<Long, Range> entry = ranges.floorEntry(sequence);
        if (entry == null || entry.getValue().last() < sequence) {
            return false;
        }
        Range range = ranges.remove(entry.getKey());
        if (range == null) {
            return false;
        }
        if (entry.getKey() < sequence) {
            ranges.put(entry.getKey(), new Range(sequence - 1, range.file(), range.offset()));
        }
        if (sequence < range.last()) {
            ranges.put(sequence + 1, range);
        }
        return true;
    }

    void remaining(Visitor visitor) {
        ranges.forEach((first, range) -> visitor.missing(first, range.last(), range.file(), range.offset()));
    }
}
