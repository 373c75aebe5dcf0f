package io.mcpguard.core.audit;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names a chain: one for each start of a journal.
 *
 * @param epoch number of the start in this folder, from 1; orders chains without a clock
 * @param nonce random, so that chains of two folders are never mistaken for each other
 */
record ChainId(int epoch, long nonce) implements Comparable<ChainId> {

    private static final Pattern TEXT = Pattern.compile("(\\d{8})-([0-9a-f]{16})");
    private static final Comparator<ChainId> ORDER =
            Comparator.comparingInt(ChainId::epoch).thenComparing(ChainId::nonce, Long::compareUnsigned);

    static Optional<ChainId> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(
                        new ChainId(Integer.parseInt(matcher.group(1)), Long.parseUnsignedLong(matcher.group(2), 16)))
                : Optional.empty();
    }

    @Override
    public int compareTo(ChainId other) {
        return ORDER.compare(this, other);
    }

    /** The text form that stands in file names and links, such as {@code 00000003-9f3c2a7100c4d1e2}. */
    @Override
    public String toString() {
        return String.format("%08d-%016x", epoch, nonce);
    }
}
