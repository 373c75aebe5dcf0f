package io.mcpguard.core.audit;

import java.util.Objects;
import java.util.Optional;

/**
 * How it stands with one sink.
 *
 * @param name the sink's name
 * @param delivered events that the sink has taken since the process started
 * @param failedBatches batches that the sink did not take, each try counted
 * @param failure why the last batch was not taken, while the sink is failing
 * @since 0.1
 */
public record SinkStatus(String name, long delivered, long failedBatches, Optional<String> failure) {

    public SinkStatus {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(failure, "failure");
    }
}
