package io.mcpguard.error;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A profile or key store did not answer; trying again later may succeed.
 *
 * @since 0.1
 */
public final class StoreUnavailableException extends GuardException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception with code {@code store-unavailable}.
     *
     * @param message what failed, on what, and what to do; for the operator
     * @param cause the failure underneath, or null
     */
    public StoreUnavailableException(String message, @Nullable Throwable cause) {
        super("store-unavailable", message, cause);
    }
}
