package io.mcpguard.core.audit;

import static io.mcpguard.core.audit.JournalFormat.HEADER_BYTES;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.mcpguard.core.audit.SegmentIndex.Block;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/** Bytes of the index of a segment. docs/audit-asking.md has the table. */
final class SegmentIndexFile {

    private static final byte[] MAGIC = "MCPGI\0\0\1".getBytes(US_ASCII);
    private static final int FIXED_BYTES = MAGIC.length + HEADER_BYTES + 4 * Long.BYTES + Integer.BYTES;
    private static final int BLOCK_BYTES = 6 * Long.BYTES;

    private SegmentIndexFile() {}

    static byte[] bytes(SegmentIndex index) {
        ByteBuffer to = ByteBuffer.allocate(FIXED_BYTES + index.blocks().size() * BLOCK_BYTES + Integer.BYTES);
        to.put(MAGIC).put(index.header()).putLong(index.size());
        to.putLong(index.last()).putLong(index.lastSequence()).putLong(index.end());
        to.putInt(index.blocks().size());
        for (Block block : index.blocks()) {
            RecordBounds bounds = block.bounds();
            to.putLong(block.offset()).putLong(block.firstSequence());
            to.putLong(bounds.earliest()).putLong(bounds.latest());
            to.putLong(bounds.leastCall()).putLong(bounds.greatestCall());
        }
        to.putInt(crc(to.array(), to.position()));
        return to.array();
    }

    /** Empty when it is not, or no longer, what was written, or makes no sense. */
    static Optional<SegmentIndex> read(byte[] bytes) {
        int body = bytes.length - Integer.BYTES;
        if (body < FIXED_BYTES + BLOCK_BYTES
                || (body - FIXED_BYTES) % BLOCK_BYTES != 0
                || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)
                || ByteBuffer.wrap(bytes).getInt(body) != crc(bytes, body)) {
            return Optional.empty();
        }
        ByteBuffer from = ByteBuffer.wrap(bytes).position(MAGIC.length);
        byte[] header = new byte[HEADER_BYTES];
        from.get(header);
        long size = from.getLong();
        long last = from.getLong();
        long lastSequence = from.getLong();
        long end = from.getLong();
        int count = from.getInt();
        List<Block> blocks = new ArrayList<>();
        while (from.position() < body) {
            blocks.add(new Block(
                    from.getLong(),
                    from.getLong(),
                    new RecordBounds(from.getLong(), from.getLong(), from.getLong(), from.getLong())));
        }
        boolean makesSense = count == blocks.size() && isInOrder(blocks, last) && last < end && end <= size;
        return makesSense
                ? Optional.of(new SegmentIndex(header, size, blocks, last, lastSequence, end))
                : Optional.empty();
    }

    /** Whether the blocks cover everything from the header on. */
    private static boolean isInOrder(List<Block> blocks, long last) {
        boolean ordered = blocks.get(0).offset() == HEADER_BYTES
                && blocks.get(blocks.size() - 1).offset() <= last;
        for (int i = 1; i < blocks.size(); i++) {
            ordered &= blocks.get(i).offset() > blocks.get(i - 1).offset();
        }
        return ordered;
    }

    private static int crc(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
