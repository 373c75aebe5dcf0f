package io.mcpguard.core.audit;

import static io.mcpguard.core.audit.JournalFormat.FRAME_OVERHEAD;
import static io.mcpguard.core.audit.JournalFormat.HASH_BYTES;
import static io.mcpguard.core.audit.JournalFormat.MAX_PAYLOAD;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Goes through the records of a part of a segment and shows each where it lies, without a copy and without its hash. Stops at
 * whatever is no whole record; what that is, {@link SegmentScanner} finds out. For one thread.
 */
final class FrameRun {

    private final FileChannel channel;
    private final CRC32C crc = new CRC32C();
    private byte[] window;
    private ByteBuffer numbers;
    private long windowStart;
    private int windowLength;
    private long offset;
    private long end;
    private int start;
    private int length;

    FrameRun(FileChannel channel, int windowBytes) {
        this.channel = channel;
        this.window = new byte[windowBytes];
        this.numbers = ByteBuffer.wrap(window);
    }

    /** Turns to a part that begins with a record. */
    FrameRun turnTo(long from, long to) {
        offset = from;
        end = to;
        windowLength = 0;
        return this;
    }

    /** Where the next record begins, or what is none. */
    long offset() {
        return offset;
    }

    long end() {
        return end;
    }

    /** Moves to the next record; false at the end, or where there is no whole record. */
    boolean next() throws IOException {
        if (!load(FRAME_OVERHEAD)) {
            return false;
        }
        int found = numbers.getInt((int) (offset - windowStart));
        if (found < 2 || found > MAX_PAYLOAD || !load(FRAME_OVERHEAD + found)) {
            return false;
        }
        int at = (int) (offset - windowStart);
        crc.reset();
        crc.update(window, at, 4);
        crc.update(window, at + 8, FRAME_OVERHEAD - 8 + found);
        if (window[at + 16] != JournalFormat.EVENT || numbers.getInt(at + 4) != (int) crc.getValue()) {
            return false;
        }
        start = at;
        length = found;
        offset += FRAME_OVERHEAD + found;
        return true;
    }

    long frameOffset() {
        return windowStart + start;
    }

    long sequence() {
        return numbers.getLong(start + 8);
    }

    String text() {
        return RecordText.of(window, start + FRAME_OVERHEAD, length);
    }

    byte[] payload() {
        return Arrays.copyOfRange(window, start + FRAME_OVERHEAD, start + FRAME_OVERHEAD + length);
    }

    byte[] previousHash() {
        return Arrays.copyOfRange(window, start + 17, start + 17 + HASH_BYTES);
    }

    /** Makes sure that the window holds so many bytes from the offset on. */
    private boolean load(int bytes) throws IOException {
        if (offset + bytes > end) {
            return false;
        }
        if (offset >= windowStart && offset + bytes <= windowStart + windowLength) {
            return true;
        }
        if (window.length < bytes) {
            window = new byte[bytes];
            numbers = ByteBuffer.wrap(window);
        }
        ByteBuffer into = ByteBuffer.wrap(window, 0, (int) Math.min(window.length, end - offset));
        windowStart = offset;
        int read = 0;
        while (read >= 0 && into.hasRemaining()) {
            read = channel.read(into, windowStart + into.position());
        }
        windowLength = into.position();
        return windowLength >= bytes;
    }
}
