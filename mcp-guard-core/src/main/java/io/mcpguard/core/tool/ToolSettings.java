package io.mcpguard.core.tool;

import java.time.Duration;

/**
 * Bounds of one call through the service's own stack.
 *
 * @param timeout longest time the operation may take
 * @param maxResponseBytes how much of its response body is passed on
 * @since 0.1
 */
public record ToolSettings(Duration timeout, int maxResponseBytes) {

    /** 30 seconds and 1 MiB. */
    public static final ToolSettings DEFAULT = new ToolSettings(Duration.ofSeconds(30), 1 << 20);

    public ToolSettings {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("the timeout of a call must be positive");
        }
        if (maxResponseBytes < 1) {
            throw new IllegalArgumentException("at least one byte of a response is passed on");
        }
    }
}
