package io.mcpguard.audit;

import java.util.Objects;

/**
 * The place of a record in its hash chain.
 *
 * @param stream names the chain: one for each start of a process
 * @param sequence number of the record in its chain, from 1, without gaps
 * @param previousHash hash of the record before, 64 hexadecimal digits
 * @param hash hash of this record, 64 hexadecimal digits
 * @since 0.1
 */
public record ChainLink(String stream, long sequence, String previousHash, String hash) {
    public ChainLink {
        Objects.requireNonNull(stream, "stream");
        Objects.requireNonNull(previousHash, "previousHash");
        Objects.requireNonNull(hash, "hash");
    }
}
