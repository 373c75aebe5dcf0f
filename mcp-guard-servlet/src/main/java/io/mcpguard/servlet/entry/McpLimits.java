package io.mcpguard.servlet.entry;

import java.time.Duration;

/**
 * How much one request of the MCP endpoint may take.
 *
 * @param maxBodyBytes size of its body in bytes
 * @param timeout time from its arrival to the end of its answer, or to its start if that is a stream; longer than a call may
 *     take
 * @since 0.1
 */
public record McpLimits(int maxBodyBytes, Duration timeout) {
    public McpLimits {
        if (maxBodyBytes < 1 || maxBodyBytes == Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a request has at least one byte and fewer than 2 GiB");
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("the timeout of a request must be positive");
        }
    }
}
