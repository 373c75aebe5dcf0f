package io.mcpguard.core.audit;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The file that names the last acknowledged record, so that records missing at the end are noticed. It is written after the
 * segment and before the acknowledgment, in one write of 64 bytes that a kill of the process cannot tear.
 */
final class TipFile implements Closeable {

    private static final int READ_TRIES = 5;
    private static final long READ_PAUSE_NANOS = 2_000_000;

    /** What was found of a tip. */
    enum State {
        /** A tip that can be trusted as far as the disk can. */
        FOUND,
        /** No file. */
        MISSING,
        /** A file whose checksum is wrong. */
        DAMAGED
    }

    /**
     * A tip as read.
     *
     * @param state what was found
     * @param tip the tip when found
     */
    record Reading(State state, @Nullable Tip tip) {}

    private final Path file;
    private final RandomAccessFile out;
    private final FileIdentity identity;
    private final ByteBuffer bytes = ByteBuffer.allocate(JournalFormat.TIP_BYTES);

    TipFile(Path file) throws IOException {
        this.file = file;
        // Not a channel, which an interrupt would close.
        this.out = new RandomAccessFile(file.toFile(), "rw");
        this.identity = FileIdentity.of(file);
    }

    static Reading read(Path file) throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
                Tip tip = JournalFormat.tip(bytes).orElse(null);
                if (tip != null && !bytes.hasRemaining()) {
                    return new Reading(State.FOUND, tip);
                }
            } catch (NoSuchFileException e) {
                return new Reading(State.MISSING, null);
            }
            if (tries == READ_TRIES) {
                return new Reading(State.DAMAGED, null);
            }
            // A running journal may be writing it just now.
            LockSupport.parkNanos(READ_PAUSE_NANOS);
        }
    }

    void write(Tip tip) throws IOException {
        bytes.clear();
        JournalFormat.putTip(bytes, tip);
        out.seek(0);
        out.write(bytes.array());
    }

    void check() throws IOException {
        identity.check(file);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
