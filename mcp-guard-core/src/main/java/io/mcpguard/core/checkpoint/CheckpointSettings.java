package io.mcpguard.core.checkpoint;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How often checkpoints are made, and in whose name.
 *
 * @param service name of the service
 * @param node name of this node of it; the name of the machine when empty
 * @param records a checkpoint is due when so many records have been written since the last
 * @param interval a checkpoint is due when so much time has gone by, whether anything was written or not
 * @since 0.1
 */
public record CheckpointSettings(String service, Optional<String> node, long records, Duration interval) {

    private static final long RECORDS = 10_000;
    private static final Duration INTERVAL = Duration.ofMinutes(5);

    public CheckpointSettings {
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(node, "node");
        if (records < 1) {
            throw new IllegalArgumentException("a checkpoint is due after at least one record");
        }
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("the time between checkpoints must be positive");
        }
    }

    /**
     * What suits most: a checkpoint every 5 minutes, and after 10,000 records.
     *
     * @param service name of the service
     * @return the settings
     */
    public static CheckpointSettings of(String service) {
        return new CheckpointSettings(service, Optional.empty(), RECORDS, INTERVAL);
    }
}
