package io.mcpguard.core.checkpoint;

import java.util.Objects;
import java.util.Optional;

/**
 * How it stands with the checkpoints of a journal, for health and metrics.
 *
 * @param enabled whether there is a key to sign with; true as long as nobody knows
 * @param made checkpoints made since the process started
 * @param failures tries that failed since the process started
 * @param last the last one made by this process
 * @param failure why the last try failed, while they fail
 * @since 0.1
 */
public record CheckpointStatus(
        boolean enabled, long made, long failures, Optional<Checkpoint> last, Optional<String> failure) {

    public CheckpointStatus {
        Objects.requireNonNull(last, "last");
        Objects.requireNonNull(failure, "failure");
    }
}
