package io.mcpguard.core.audit;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How it stands with a journal.
 *
 * @param bytes bytes of records in all segments, as far as this process knows
 * @param quota most bytes that the segments may have, if there is a bound
 * @param room for whom there is room under that bound
 * @param records records that this process has written, those of the journal itself included
 * @param refused records that this process could not write, or had no room for
 * @param failure why nothing can be written at the moment
 * @since 0.1
 */
public record JournalStatus(
        long bytes, OptionalLong quota, Room room, long records, long refused, Optional<String> failure) {

    /** Who may still write. */
    public enum Room {
        /** Everybody. */
        FOR_ALL,
        /** Calls that are let through, and what the journal says itself. */
        FOR_CALLS,
        /** Ends of calls, and what the journal says itself. */
        FOR_ENDS,
        /** What the journal says itself; it has to be able to say that it deletes something. */
        FOR_NOTICES
    }

    public JournalStatus {
        Objects.requireNonNull(quota, "quota");
        Objects.requireNonNull(room, "room");
        Objects.requireNonNull(failure, "failure");
    }

    /**
     * Says whether calls can be recorded, and so made.
     *
     * @return false when every call is refused
     */
    public boolean takesCalls() {
        return failure.isEmpty() && room.compareTo(Room.FOR_CALLS) <= 0;
    }
}
