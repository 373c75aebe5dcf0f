package io.mcpguard.core.audit;

import java.util.Arrays;

/**
 * The end of a chain.
 *
 * @param chain which chain
 * @param sequence number of its last record
 * @param hash hash of that record
 */
@SuppressWarnings("ArrayRecordComponent") // never compared with equals, never leaves this package
record Tip(ChainId chain, long sequence, byte[] hash) {

    boolean sameAs(Tip other) {
        return chain.equals(other.chain) && sequence == other.sequence && Arrays.equals(hash, other.hash);
    }

    boolean isAfter(Tip other) {
        int chains = chain.compareTo(other.chain);
        return chains == 0 ? sequence > other.sequence : chains > 0;
    }

    @Override
    public String toString() {
        return chain + " record " + sequence;
    }
}
