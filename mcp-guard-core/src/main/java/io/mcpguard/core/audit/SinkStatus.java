package io.mcpguard.core.audit;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How it stands with one sink.
 *
 * @param name the sink's name
 * @param delivered events that the sink has taken since the process started
 * @param failedBatches batches that the sink did not take, each try counted
 * @param behind records of this process that the sink has not taken yet; those of earlier ones count as one more
 * @param behindSince time of the oldest event that the sink was offered and has not taken; empty when it has taken all it was offered
 * @param failure why the last batch was not taken, while the sink is failing
 * @since 0.1
 */
public record SinkStatus(
        String name,
        long delivered,
        long failedBatches,
        long behind,
        Optional<Instant> behindSince,
        Optional<String> failure) {

    public SinkStatus {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(behindSince, "behindSince");
        Objects.requireNonNull(failure, "failure");
    }
}
