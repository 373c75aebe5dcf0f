package io.mcpguard.core.audit;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names a segment, so that a sorted listing of the folder is in the order of writing.
 *
 * @param chain the chain it belongs to
 * @param firstSequence number of its first record
 */
record SegmentId(ChainId chain, long firstSequence) implements Comparable<SegmentId> {

    static final String SUFFIX = ".wal";

    private static final Pattern NAME = Pattern.compile("(\\d{8}-[0-9a-f]{16})-(\\d{16})\\.wal");
    private static final Comparator<SegmentId> ORDER =
            Comparator.comparing(SegmentId::chain).thenComparingLong(SegmentId::firstSequence);

    static Optional<SegmentId> parse(String fileName) {
        Matcher matcher = NAME.matcher(fileName);
        return matcher.matches()
                ? ChainId.parse(matcher.group(1)).map(chain -> new SegmentId(chain, Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    String fileName() {
        return String.format("%s-%016d%s", chain, firstSequence, SUFFIX);
    }

    @Override
    public int compareTo(SegmentId other) {
        return ORDER.compare(this, other);
    }
}
