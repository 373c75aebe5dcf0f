package io.mcpguard.core.audit;

import java.util.Objects;

/**
 * One thing that is wrong with a journal, and where.
 *
 * @param kind what happened, as far as can be told
 * @param file name of the file in the journal's folder, or path of a checkpoint that was kept elsewhere
 * @param offset place in that file, in bytes
 * @param chain name of the chain, or empty when it is not known
 * @param firstSequence number of the first record concerned, 0 when it is not known
 * @param lastSequence number of the last record concerned, 0 when it is not known
 * @param text one sentence for people
 * @since 0.1
 */
public record JournalDamage(
        Kind kind, String file, long offset, String chain, long firstSequence, long lastSequence, String text) {

    /** What happened, as far as can be told. */
    public enum Kind {
        /** Bytes are not what was written. */
        EDITED,
        /** Records or files are not there, and later ones are. */
        MISSING,
        /** Records or files are there, but not where they belong. */
        SWAPPED,
        /** Records at the end of a chain are not there. */
        TRUNCATED,
        /** Bytes, records or files are there that the journal did not write there. */
        FOREIGN
    }

    public JournalDamage {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(chain, "chain");
        Objects.requireNonNull(text, "text");
    }
}
