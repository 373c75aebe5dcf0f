package io.mcpguard.error;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A limiter did not answer; trying again later may succeed.
 *
 * @since 0.1
 */
public final class LimiterUnavailableException extends GuardException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception with code {@code limiter-unavailable}.
     *
     * @param message what failed, on what, and what to do; for the operator
     * @param cause the failure underneath, or null
     */
    public LimiterUnavailableException(String message, @Nullable Throwable cause) {
        super("limiter-unavailable", message, cause);
    }
}
