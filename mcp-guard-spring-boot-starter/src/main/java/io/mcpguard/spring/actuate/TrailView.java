package io.mcpguard.spring.actuate;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How it stands with the audit trail. For operators: the problems name files and hosts.
 *
 * @param takesCalls whether calls can be recorded, and so made
 * @param bytes bytes of all segments of the journal
 * @param quota most bytes that they may have; null when the disk is the bound
 * @param room for whom there is room: {@code for-all}, {@code for-calls}, {@code for-ends}, {@code for-notices}
 * @param refused records that could not be written since the service started
 * @param problem why nothing can be written at the moment, or null
 * @param sinks where records go beside the journal
 * @param checkpoints signed checkpoints, or null when none are made
 * @since 0.1
 */
public record TrailView(
        boolean takesCalls,
        long bytes,
        @Nullable Long quota,
        String room,
        long refused,
        @Nullable String problem,
        List<SinkView> sinks,
        @Nullable CheckpointView checkpoints) {

    /** Keeps a list of its own. */
    public TrailView {
        sinks = List.copyOf(sinks);
    }

    /**
     * One sink.
     *
     * @param name its name
     * @param delivered events that it has taken since the service started
     * @param behind records that it has not taken yet
     * @param behindSince time of the oldest event that it was offered and has not taken, or null
     * @param failedBatches batches that it has not taken, each try counted
     * @param problem why it takes nothing at the moment, or null
     * @since 0.1
     */
    public record SinkView(
            String name,
            long delivered,
            long behind,
            @Nullable Instant behindSince,
            long failedBatches,
            @Nullable String problem) {}

    /**
     * Checkpoints.
     *
     * @param made how many since the service started
     * @param last time of the last one, or null
     * @param failures tries that failed
     * @param problem why the last try failed, or null
     * @since 0.1
     */
    public record CheckpointView(
            long made,
            @Nullable Instant last,
            long failures,
            @Nullable String problem) {}
}
