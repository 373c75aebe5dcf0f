package io.mcpguard.core.audit;

import static io.mcpguard.core.audit.JournalFormat.HEADER_BYTES;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where to look in a finished segment: for each part of it the times and calls of its records. True also when the clock jumped,
 * since every record was looked at.
 *
 * @param header the segment's own header
 * @param size size of the segment in bytes
 * @param blocks its parts, without gaps
 * @param last offset of its last record
 * @param lastSequence number of its last record
 * @param end where its last record ends
 */
@SuppressWarnings("ArrayRecordComponent") // never compared with equals, never leaves this package
record SegmentIndex(byte[] header, long size, List<Block> blocks, long last, long lastSequence, long end) {

    static final int BLOCK_BYTES = 256 << 10;

    private static final int WINDOW = 1 << 20;
    private static final int ONE_RECORD = 4 << 10;

    /**
     * Some hundred records that lie together.
     *
     * @param offset where the first begins
     * @param firstSequence its number
     * @param bounds of all of them
     */
    record Block(long offset, long firstSequence, RecordBounds bounds) {}

    /**
     * Bytes of a segment, from the beginning of a record to the end of one.
     *
     * @param from offset of the first byte
     * @param to offset after the last one
     */
    record Part(long from, long to) {}

    SegmentIndex {
        blocks = List.copyOf(blocks);
    }

    /** Reads a whole segment; empty when it holds anything but records, and has to be read as it is. */
    static Optional<SegmentIndex> build(FileChannel segment) throws IOException {
        long size = segment.size();
        byte[] header = headerOf(segment);
        if (JournalFormat.header(ByteBuffer.wrap(header)).isEmpty()) {
            return Optional.empty();
        }
        FrameRun run = new FrameRun(segment, WINDOW).turnTo(HEADER_BYTES, size);
        List<Block> blocks = new ArrayList<>();
        long begin = HEADER_BYTES;
        long firstSequence = 0;
        long last = 0;
        long lastSequence = 0;
        RecordBounds bounds = RecordBounds.NONE;
        while (run.next()) {
            if (last == 0) {
                firstSequence = run.sequence();
            } else if (run.frameOffset() - begin >= BLOCK_BYTES) {
                blocks.add(new Block(begin, firstSequence, bounds));
                begin = run.frameOffset();
                firstSequence = run.sequence();
                bounds = RecordBounds.NONE;
            }
            bounds = bounds.and(RecordBounds.of(run.text()));
            last = run.frameOffset();
            lastSequence = run.sequence();
        }
        if (last == 0 || !isZero(segment, run.offset(), size)) {
            return Optional.empty();
        }
        blocks.add(new Block(begin, firstSequence, bounds));
        return Optional.of(new SegmentIndex(header, size, blocks, last, lastSequence, run.offset()));
    }

    /**
     * The parts that may answer a query; empty when this is not the index of the segment.
     *
     * <p>An index lies beside the journal, and nothing proves it. So it is only believed where the clock ran back: what it says of
     * a block is widened to the times of the records at both ends of it, as the segment has them. An index that was forged can
     * hide no record that stands in the order of time.
     */
    Optional<List<Part>> parts(FileChannel segment, RecordFilter filter) throws IOException {
        FrameRun run = new FrameRun(segment, ONE_RECORD);
        Optional<RecordBounds> lastBounds = at(run, last, lastSequence);
        Optional<RecordBounds> firstBounds = at(run, HEADER_BYTES, blocks.get(0).firstSequence());
        if (!fits(segment) || firstBounds.isEmpty() || lastBounds.isEmpty()) {
            return Optional.empty();
        }
        RecordBounds all = firstBounds.get().and(lastBounds.get());
        for (Block block : blocks) {
            all = all.and(block.bounds());
        }
        if (!filter.mayAnswer(all)) {
            return Optional.of(List.of());
        }
        List<Part> parts = new ArrayList<>();
        RecordBounds begins = firstBounds.get();
        for (int i = 0; i < blocks.size(); i++) {
            Block block = blocks.get(i);
            boolean isLast = i + 1 == blocks.size();
            Optional<RecordBounds> ends = isLast
                    ? lastBounds
                    : at(run, blocks.get(i + 1).offset(), blocks.get(i + 1).firstSequence());
            if (ends.isEmpty()) {
                return Optional.empty();
            }
            if (filter.mayAnswer(block.bounds().and(begins).and(ends.get()))) {
                add(new Part(block.offset(), isLast ? end : blocks.get(i + 1).offset()), parts);
            }
            begins = ends.get();
        }
        return Optional.of(parts);
    }

    /** Neighbors are read as one. */
    private static void add(Part part, List<Part> parts) {
        int before = parts.size() - 1;
        if (before >= 0 && parts.get(before).to() == part.from()) {
            parts.set(before, new Part(parts.get(before).from(), part.to()));
        } else {
            parts.add(part);
        }
    }

    private boolean fits(FileChannel segment) throws IOException {
        return segment.size() == size && Arrays.equals(headerOf(segment), header);
    }

    private Optional<RecordBounds> at(FrameRun run, long offset, long sequence) throws IOException {
        boolean there = run.turnTo(offset, end).next() && run.sequence() == sequence;
        return there && (offset != last || run.offset() == end)
                ? Optional.of(RecordBounds.of(run.text()))
                : Optional.empty();
    }

    private static byte[] headerOf(FileChannel segment) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        int read = 0;
        while (read >= 0 && header.hasRemaining()) {
            read = segment.read(header, header.position());
        }
        return header.array();
    }

    private static boolean isZero(FileChannel segment, long from, long to) throws IOException {
        ByteBuffer rest = ByteBuffer.allocate((int) Math.min(BLOCK_BYTES, to - from));
        for (long at = from; at < to; at += rest.limit()) {
            rest.clear();
            if (segment.read(rest, at) <= 0) {
                return false;
            }
            rest.flip();
            while (rest.hasRemaining()) {
                if (rest.get() != 0) {
                    return false;
                }
            }
        }
        return true;
    }
}
