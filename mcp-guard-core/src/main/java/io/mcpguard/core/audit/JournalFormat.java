package io.mcpguard.core.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/** Bytes of a journal: headers of segments, frames of records, the tip. docs/audit-journal.md has the tables. */
final class JournalFormat {

    static final int HEADER_BYTES = 64;
    static final int TIP_BYTES = 64;
    static final int FRAME_OVERHEAD = 49;
    static final int MAX_PAYLOAD = 1 << 20;
    static final int HASH_BYTES = 32;

    /** The only type of frame so far: one audit event. It is also what the hash begins with. */
    static final byte EVENT = 1;

    private static final byte[] SEGMENT_MAGIC = "MCPGJ\0\0\1".getBytes(US_ASCII);
    private static final byte[] TIP_MAGIC = "MCPGT\0\0\1".getBytes(US_ASCII);

    private JournalFormat() {}

    /**
     * What a segment says of itself.
     *
     * @param id its name
     * @param previousHash hash of the record before its first
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared with equals, never leaves this package
    record Header(SegmentId id, byte[] previousHash) {}

    static byte[] noHash() {
        return new byte[HASH_BYTES];
    }

    static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }

    static byte[] hash(byte[] previousHash, long sequence, byte[] payload) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(EVENT);
            sha256.update(previousHash);
            sha256.update(ByteBuffer.allocate(Long.BYTES).putLong(0, sequence));
            return sha256.digest(payload);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static void putFrame(ByteBuffer to, long sequence, byte[] previousHash, byte[] payload) {
        int start = to.position();
        to.putInt(payload.length)
                .putInt(0)
                .putLong(sequence)
                .put(EVENT)
                .put(previousHash)
                .put(payload);
        to.putInt(start + 4, frameCrc(to, start, payload.length));
    }

    static int frameCrc(ByteBuffer buffer, int start, int payloadLength) {
        CRC32C crc = new CRC32C();
        crc.update(buffer.slice(start, 4));
        crc.update(buffer.slice(start + 8, FRAME_OVERHEAD - 8 + payloadLength));
        return (int) crc.getValue();
    }

    static void putHeader(ByteBuffer to, Header header) {
        put(to, SEGMENT_MAGIC, header.id().chain(), header.id().firstSequence(), header.previousHash());
    }

    static Optional<Header> header(ByteBuffer from) {
        return read(from, SEGMENT_MAGIC).map(tip -> new Header(new SegmentId(tip.chain(), tip.sequence()), tip.hash()));
    }

    static void putTip(ByteBuffer to, Tip tip) {
        put(to, TIP_MAGIC, tip.chain(), tip.sequence(), tip.hash());
    }

    static Optional<Tip> tip(ByteBuffer from) {
        return read(from, TIP_MAGIC);
    }

    private static void put(ByteBuffer to, byte[] magic, ChainId chain, long sequence, byte[] hash) {
        int start = to.position();
        to.put(magic)
                .putInt(chain.epoch())
                .putLong(chain.nonce())
                .putLong(sequence)
                .put(hash);
        to.putInt(crc(to, start));
    }

    private static Optional<Tip> read(ByteBuffer from, byte[] magic) {
        if (from.remaining() < HEADER_BYTES) {
            return Optional.empty();
        }
        int start = from.position();
        byte[] found = new byte[magic.length];
        byte[] hash = new byte[HASH_BYTES];
        from.get(found);
        ChainId chain = new ChainId(from.getInt(), from.getLong());
        long sequence = from.getLong();
        from.get(hash);
        boolean whole = Arrays.equals(found, magic) && from.getInt() == crc(from, start);
        return whole ? Optional.of(new Tip(chain, sequence, hash)) : Optional.empty();
    }

    private static int crc(ByteBuffer buffer, int start) {
        CRC32C crc = new CRC32C();
        crc.update(buffer.slice(start, HEADER_BYTES - 4));
        return (int) crc.getValue();
    }
}
