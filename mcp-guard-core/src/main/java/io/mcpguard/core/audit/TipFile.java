package io.mcpguard.core.audit;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The file that names the last acknowledged record, so that records missing at the end are noticed. It is written after the
 * segment and before the acknowledgment.
 *
 * <p>It has two slots, written in turn: a kill of the process can tear the one that is being written, and then the other one
 * still names the record before. They lie in mapped memory, so a tip costs no call of the operating system.
 */
final class TipFile implements Closeable {

    private static final int SLOTS = 2;
    private static final int FILE_BYTES = SLOTS * JournalFormat.TIP_BYTES;
    private static final int READ_TRIES = 5;
    private static final long READ_PAUSE_NANOS = 2_000_000;

    /** What was found of a tip. */
    enum State {
        /** A tip that can be trusted as far as the disk can. */
        FOUND,
        /** One slot; the other was edited, or torn by a kill, in which case records follow the tip. */
        HALF,
        /** No file. */
        MISSING,
        /** A file without a slot whose checksum is right, or of another size. */
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
    private @Nullable ByteBuffer slots;
    private int lastSlot;

    TipFile(Path file) throws IOException {
        this.file = file;
        // Not a channel, which an interrupt would close.
        this.out = new RandomAccessFile(file.toFile(), "rw");
        this.identity = FileIdentity.of(file);
    }

    static Reading read(Path file) throws IOException {
        for (int tries = 1; ; tries++) {
            Reading reading;
            try {
                reading = reading(Files.readAllBytes(file));
            } catch (NoSuchFileException e) {
                return new Reading(State.MISSING, null);
            }
            if (reading.state() == State.FOUND || tries == READ_TRIES) {
                return reading;
            }
            // A running journal may be writing it just now.
            LockSupport.parkNanos(READ_PAUSE_NANOS);
        }
    }

    private static Reading reading(byte[] bytes) {
        if (bytes.length != FILE_BYTES) {
            return new Reading(State.DAMAGED, null);
        }
        Tip one = slot(bytes, 0);
        Tip other = slot(bytes, 1);
        if (one == null || other == null) {
            Tip tip = one == null ? other : one;
            return new Reading(tip == null ? State.DAMAGED : State.HALF, tip);
        }
        return new Reading(State.FOUND, one.isAfter(other) ? one : other);
    }

    private static @Nullable Tip slot(byte[] bytes, int slot) {
        return JournalFormat.tip(ByteBuffer.wrap(bytes, slot * JournalFormat.TIP_BYTES, JournalFormat.TIP_BYTES))
                .orElse(null);
    }

    void write(Tip tip) throws IOException {
        bytes.clear();
        JournalFormat.putTip(bytes, tip);
        if (slots == null) {
            slots = begin();
        } else {
            lastSlot = (lastSlot + 1) % SLOTS;
            put(slots, lastSlot);
        }
    }

    /** Both slots at once, in one write that a kill cannot tear and for which a full disk says that it is full. */
    private ByteBuffer begin() throws IOException {
        byte[] both = Arrays.copyOf(bytes.array(), FILE_BYTES);
        System.arraycopy(both, 0, both, JournalFormat.TIP_BYTES, JournalFormat.TIP_BYTES);
        out.seek(0);
        out.write(both);
        out.setLength(FILE_BYTES);
        ByteBuffer mapped = FileMapping.of(file, 0, FILE_BYTES);
        check();
        return mapped;
    }

    private void put(ByteBuffer to, int slot) {
        // Records before the tip that names them, and one slot before the other.
        VarHandle.releaseFence();
        to.put(slot * JournalFormat.TIP_BYTES, bytes.array());
        VarHandle.releaseFence();
    }

    void check() throws IOException {
        identity.check(file);
    }

    /** Leaves both slots the same: from now on none of them can be torn but by somebody else. */
    @Override
    public void close() throws IOException {
        if (slots != null) {
            put(slots, (lastSlot + 1) % SLOTS);
            slots = null;
        }
        out.close();
    }
}
