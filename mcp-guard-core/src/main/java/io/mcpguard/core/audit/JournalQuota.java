package io.mcpguard.core.audit;

import io.mcpguard.audit.Stage;
import io.mcpguard.core.audit.JournalStatus.Room;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * How much room the journal may take, and for whom the last of it is kept: a quarter is not for refusals, so that a client that
 * loops on something it may not do cannot use up the room of those who may; and a little only for the ends of calls that are
 * under way, so that what was begun is not left without an end. Asked by one thread at a time, told of deletions by any.
 */
final class JournalQuota {

    private static final long RECOUNT_NANOS = 1_000_000_000;
    private static final int RESERVE_PART = 4;
    private static final int ENDS_PART = 64;

    private static final long UNLIMITED = Long.MAX_VALUE;

    private final JournalFolder folder;
    private final long most;
    private final AtomicLong closed = new AtomicLong();
    private volatile long current;
    private long recountedAt;

    /**
     * Counts what is there.
     *
     * @param most bytes that all segments may have together; 0 when the disk is the bound
     */
    JournalQuota(JournalFolder folder, long most) throws IOException {
        this.folder = folder;
        this.most = most == 0 ? UNLIMITED : most;
        recount(null);
    }

    /** The segment that is being written has so many bytes. */
    void grown(long bytes) {
        current = bytes;
    }

    /** The segment that was being written is complete. */
    void closed(long bytes) {
        current = 0;
        closed.addAndGet(bytes);
    }

    /** A segment that was complete is deleted. */
    void removed(long bytes) {
        closed.addAndGet(-bytes);
    }

    /** All bytes in segments. */
    long used() {
        return closed.get() + current;
    }

    OptionalLong most() {
        return most == UNLIMITED ? OptionalLong.empty() : OptionalLong.of(most);
    }

    /**
     * For whom there is room.
     *
     * @param writing the segment that is being written, or null
     */
    Room room(@Nullable Path writing) {
        Room room = roomFor(used());
        long now = System.nanoTime();
        if (room != Room.FOR_ALL && now - recountedAt > RECOUNT_NANOS) {
            try {
                // An operator may have moved old segments away.
                recount(writing);
                room = roomFor(used());
            } catch (IOException e) {
                // The folder cannot be listed; whoever writes next finds out why.
                recountedAt = now;
            }
        }
        return room;
    }

    /** Whether there is room for a record. */
    static boolean takes(Room room, PendingAppend pending, OpenCalls open) {
        Stage stage = pending.stage();
        if (stage == Stage.NOTICE) {
            return true;
        }
        return switch (room) {
            case FOR_ALL -> true;
            case FOR_CALLS -> stage != Stage.DENIED || open.isOpen(pending.callId());
            case FOR_ENDS -> OpenCalls.ends(stage) && open.isOpen(pending.callId());
            case FOR_NOTICES -> false;
        };
    }

    private Room roomFor(long used) {
        if (used >= most) {
            return Room.FOR_NOTICES;
        }
        if (used >= most - most / ENDS_PART) {
            return Room.FOR_ENDS;
        }
        return used >= most - most / RESERVE_PART ? Room.FOR_CALLS : Room.FOR_ALL;
    }

    private void recount(@Nullable Path writing) throws IOException {
        recountedAt = System.nanoTime();
        if (!Files.isDirectory(folder.path())) {
            closed.set(0);
            return;
        }
        long bytes = 0;
        for (Path file : folder.walFiles()) {
            bytes += file.equals(writing) ? 0 : size(file);
        }
        closed.set(bytes);
    }

    private static long size(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            // Deleted since the listing.
            return 0;
        }
    }
}
