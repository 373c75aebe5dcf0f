package io.mcpguard.core.audit;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.ChainLink;

/**
 * One record as it lies in a segment.
 *
 * @param offset where it begins in its file
 * @param sequence its number in the chain
 * @param previousHash what it says is the hash of the record before
 * @param payload the event as canonical JSON
 * @param hash hash computed from the three before
 */
@SuppressWarnings("ArrayRecordComponent") // never compared with equals, never leaves this package
record Frame(long offset, long sequence, byte[] previousHash, byte[] payload, byte[] hash)
        implements SegmentScanner.Piece {

    /** The event with its place in the chain. */
    AuditEvent event(ChainId chain) throws MalformedRecordException {
        return AuditEventJson.parse(payload)
                .withLink(new ChainLink(
                        chain.toString(), sequence, JournalFormat.hex(previousHash), JournalFormat.hex(hash)));
    }
}
