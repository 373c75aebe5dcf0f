package io.mcpguard.core.tool;

import io.mcpguard.profile.ToolMode;
import java.time.Duration;
import java.util.Objects;

/**
 * How operations are offered, and the bounds of one call through the service's own stack.
 *
 * @param timeout longest time the operation may take
 * @param maxResponseBytes how much of its response body is passed on
 * @param mode how operations are shown to callers whose profile does not say
 * @since 0.1
 */
public record ToolSettings(Duration timeout, int maxResponseBytes, ToolMode mode) {

    /** 30 seconds, 1 MiB and the four fixed tools. */
    public static final ToolSettings DEFAULT = new ToolSettings(Duration.ofSeconds(30), 1 << 20);

    public ToolSettings {
        Objects.requireNonNull(mode, "mode");
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("the timeout of a call must be positive");
        }
        if (maxResponseBytes < 1) {
            throw new IllegalArgumentException("at least one byte of a response is passed on");
        }
    }

    /**
     * Settings with the four fixed tools.
     *
     * @param timeout longest time the operation may take
     * @param maxResponseBytes how much of its response body is passed on
     */
    public ToolSettings(Duration timeout, int maxResponseBytes) {
        this(timeout, maxResponseBytes, ToolMode.FIXED);
    }
}
