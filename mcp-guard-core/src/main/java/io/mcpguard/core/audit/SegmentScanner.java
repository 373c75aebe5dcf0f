package io.mcpguard.core.audit;

import static io.mcpguard.core.audit.JournalFormat.FRAME_OVERHEAD;
import static io.mcpguard.core.audit.JournalFormat.HASH_BYTES;
import static io.mcpguard.core.audit.JournalFormat.HEADER_BYTES;
import static io.mcpguard.core.audit.JournalFormat.MAX_PAYLOAD;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads one segment front to back, also while it is written to and also past damage. Holds one window of the file, so a
 * segment of any size takes the same memory. Zeros at the end of the file are room for records to come, and count as nothing: no
 * record ends in one. For one thread.
 */
final class SegmentScanner implements Closeable {

    private static final int WINDOW = 256 << 10;
    private static final int SMALL_WINDOW = 4 << 10;

    /** What stands at a place of a segment. */
    sealed interface Piece permits Frame, Unreadable, Tail {}

    /**
     * Bytes that are no record, with a record after them.
     *
     * @param offset where they begin
     * @param length how many
     */
    record Unreadable(long offset, long length) implements Piece {}

    /**
     * The end of the file for now: nothing, or bytes that are no whole record and have none after them. Asking again may
     * give a record if the segment is being written to.
     *
     * @param offset where it begins
     * @param length how many bytes there are
     */
    record Tail(long offset, long length) implements Piece {}

    private final FileChannel channel;
    private ByteBuffer window;
    private long windowStart;
    private long offset;

    SegmentScanner(Path file) throws IOException {
        this(file, HEADER_BYTES);
    }

    /** Begins at an offset that is the end of a record, or of the header. */
    SegmentScanner(Path file, long offset) throws IOException {
        this.offset = offset;
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
        this.window = ByteBuffer.allocate((int) Math.min(WINDOW, channel.size() + SMALL_WINDOW))
                .limit(0);
    }

    /** What the segment says of itself; empty when it is too short or damaged. */
    Optional<JournalFormat.Header> header() throws IOException {
        return load(0, HEADER_BYTES) ? JournalFormat.header(window.duplicate().position(at(0))) : Optional.empty();
    }

    Piece next() throws IOException {
        long size = channel.size();
        if (size < offset) {
            return size < HEADER_BYTES ? new Tail(0, size) : new Tail(offset, 0);
        }
        Frame frame = frameAt(offset, size);
        if (frame == null) {
            // What was room when the window was read may hold a record by now.
            window.limit(0);
            frame = frameAt(offset, size);
        }
        if (frame != null) {
            offset += FRAME_OVERHEAD + frame.payload().length;
            return frame;
        }
        long end = withoutZeros(size);
        if (end < HEADER_BYTES) {
            return new Tail(0, end);
        }
        for (long candidate = offset + 1; candidate <= end - FRAME_OVERHEAD; candidate++) {
            if (frameAt(candidate, end) != null) {
                Piece unreadable = new Unreadable(offset, candidate - offset);
                offset = candidate;
                return unreadable;
            }
        }
        return new Tail(offset, Math.max(0, end - offset));
    }

    /** Where the zeros at the end begin; not before the place that has been read up to, unless nothing has been. */
    private long withoutZeros(long size) throws IOException {
        long from = offset == HEADER_BYTES ? 0 : offset;
        long end = size;
        while (end > from) {
            int length = (int) Math.min(WINDOW, end - from);
            ByteBuffer last = ByteBuffer.allocate(length);
            int read = 0;
            while (read >= 0 && last.hasRemaining()) {
                read = channel.read(last, end - length + last.position());
            }
            for (int i = last.position() - 1; i >= 0; i--) {
                if (last.get(i) != 0) {
                    return end - length + i + 1;
                }
            }
            end -= length;
        }
        return from;
    }

    private @Nullable Frame frameAt(long start, long size) throws IOException {
        if (start + FRAME_OVERHEAD > size || !load(start, FRAME_OVERHEAD)) {
            return null;
        }
        int length = window.getInt(at(start));
        if (length < 2
                || length > MAX_PAYLOAD
                || window.get(at(start) + 16) != JournalFormat.EVENT
                || start + FRAME_OVERHEAD + length > size
                || !load(start, FRAME_OVERHEAD + length)) {
            return null;
        }
        int at = at(start);
        if (window.getInt(at + 4) != JournalFormat.frameCrc(window, at, length)) {
            return null;
        }
        byte[] previousHash = new byte[HASH_BYTES];
        byte[] payload = new byte[length];
        window.get(at + 17, previousHash).get(at + FRAME_OVERHEAD, payload);
        long sequence = window.getLong(at + 8);
        return new Frame(start, sequence, previousHash, payload, JournalFormat.hash(previousHash, sequence, payload));
    }

    private int at(long position) {
        return (int) (position - windowStart);
    }

    /** Makes sure that the window holds these bytes; false when the file has fewer. */
    private boolean load(long start, int length) throws IOException {
        if (start >= windowStart && start + length <= windowStart + window.limit()) {
            return true;
        }
        if (window.capacity() < length) {
            window = ByteBuffer.allocate(MAX_PAYLOAD + WINDOW);
        }
        window.clear();
        windowStart = start;
        int read = 0;
        while (read >= 0 && window.hasRemaining()) {
            read = channel.read(window, start + window.position());
        }
        window.flip();
        return window.limit() >= length;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
