package io.mcpguard.error;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A credential could not be checked for reasons that are not the caller's; trying again later may succeed.
 *
 * @since 0.1
 */
public final class VerifierUnavailableException extends GuardException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception with code {@code verifier-unavailable}.
     *
     * @param message what failed, on what, and what to do; for the operator
     * @param cause the failure underneath, or null
     */
    public VerifierUnavailableException(String message, @Nullable Throwable cause) {
        super("verifier-unavailable", message, cause);
    }
}
