package io.mcpguard.core.audit;

/**
 * Names one record and, by its hash, everything before it: two journals that agree on a mark agree on all records up to it.
 *
 * @param chain name of the chain
 * @param sequence number of the record in its chain, from 1
 * @param hash hash of the record, 64 hexadecimal digits
 * @since 0.1
 */
public record RecordMark(String chain, long sequence, String hash) {

    private static final int CHAIN_LENGTH = 25;
    private static final int DASH = 8;
    private static final int HASH_LENGTH = 64;

    public RecordMark {
        if (chain.length() != CHAIN_LENGTH || chain.charAt(DASH) != '-' || !isHex(chain, DASH)) {
            throw new IllegalArgumentException("'" + chain + "' is no name of a chain");
        }
        if (sequence < 1) {
            throw new IllegalArgumentException("records are numbered from 1");
        }
        if (hash.length() != HASH_LENGTH || !isHex(hash, -1)) {
            throw new IllegalArgumentException("a hash has 64 hexadecimal digits");
        }
    }

    /** By hand, since there is one mark for each record of a verification. */
    private static boolean isHex(String text, int except) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (i != except && (c < '0' || (c > '9' && c < 'a') || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns the last record that a journal has acknowledged. For any thread; costs nothing.
     *
     * @param journal the journal
     * @return its last record; the last one for ever when the journal is closed
     */
    public static RecordMark lastOf(Journal journal) {
        return of(journal.committed());
    }

    static RecordMark of(Tip tip) {
        return new RecordMark(tip.chain().toString(), tip.sequence(), JournalFormat.hex(tip.hash()));
    }

    /**
     * Says whether this record was written after another one.
     *
     * @param other the other one
     * @return true when it is in a later chain, or further on in the same
     */
    public boolean isAfter(RecordMark other) {
        int chains = chain.compareTo(other.chain);
        return chains == 0 ? sequence > other.sequence : chains > 0;
    }
}
