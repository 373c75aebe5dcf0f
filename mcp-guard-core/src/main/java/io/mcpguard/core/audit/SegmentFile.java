package io.mcpguard.core.audit;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The segment that is being written. Knows how much of it has been acknowledged. For one thread at a time.
 *
 * <p>Room for records is made in large steps, by writing zeros, so that a full disk is met there and nowhere else; records then
 * go into the mapped room without asking the operating system, which has them as soon as they are there. A file that was not
 * closed so ends in zeros, which are nothing.
 */
final class SegmentFile {

    private static final int STEP = 1 << 20;
    private static final byte[] ZEROS = new byte[64 << 10];
    private static final ByteBuffer NO_ROOM = ByteBuffer.allocate(0);

    private final Path file;
    private final OutputStream end;
    private final FileIdentity identity;
    private final int step;
    private ByteBuffer room = NO_ROOM;
    private long roomStart;
    private long size;
    private long written;
    private long kept;

    private SegmentFile(Path file, OutputStream end, int step) throws IOException {
        this.file = file;
        this.end = end;
        this.step = step;
        this.identity = FileIdentity.of(file);
    }

    /**
     * Creates the file. One with this name can only hold what was never acknowledged, so it is deleted.
     *
     * @param expected how large the file is expected to become
     */
    static SegmentFile create(Path file, SegmentDisk disk, long expected) throws IOException {
        Files.deleteIfExists(file);
        return new SegmentFile(file, disk.create(file), (int) Math.min(STEP, expected));
    }

    Path file() {
        return file;
    }

    FileIdentity identity() {
        return identity;
    }

    boolean isEmpty() {
        return kept == 0;
    }

    long bytes() {
        return kept;
    }

    /** Fails when others do not see this file under its name, or somebody changed its size. */
    void check() throws IOException {
        long found = identity.size(file);
        if (found != size) {
            throw new IOException(file + " was changed by somebody else: it has " + found + " bytes, not " + size);
        }
    }

    /** Hands bytes to the operating system, all of them. */
    void write(ByteBuffer bytes) throws IOException {
        int length = bytes.remaining();
        if (kept + length > roomStart + room.capacity()) {
            makeRoom(length);
        }
        room.put((int) (kept - roomStart), bytes, bytes.position(), length);
        written = kept + length;
    }

    private void makeRoom(int length) throws IOException {
        long missing = Math.max(step, kept + length - size);
        while (missing > 0) {
            int part = (int) Math.min(ZEROS.length, missing);
            end.write(ZEROS, 0, part);
            size += part;
            missing -= part;
        }
        room = FileMapping.of(file, kept, size - kept);
        // What was mapped is what has been written to, and not a file that somebody put in its place.
        check();
        roomStart = kept;
    }

    /** What has been written so far is part of the journal. */
    void keep() {
        kept = written;
    }

    /**
     * Takes back what was written and not kept, and closes the file.
     *
     * @return false when somebody removed the file, and what was kept with it
     */
    boolean abandon() throws IOException {
        // Wherever the file is now: it may come back, and must not have more than was acknowledged.
        for (long at = kept; at < written; at++) {
            room.put((int) (at - roomStart), (byte) 0);
        }
        written = kept;
        room = NO_ROOM;
        end.close();
        if (!identity.isStill(file)) {
            return false;
        }
        if (kept == 0) {
            Files.delete(file);
        } else {
            cut();
        }
        return true;
    }

    void close() throws IOException {
        room = NO_ROOM;
        end.close();
        if (identity.isStill(file)) {
            cut();
        }
    }

    private void cut() throws IOException {
        // Not a channel, which an interrupt would close.
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.setLength(kept);
        }
    }
}
