package io.mcpguard.error;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * An audit record could not be written, so the call it belongs to must not go on.
 *
 * @since 0.1
 */
public final class AuditWriteException extends GuardException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception with code {@code audit-unavailable}.
     *
     * @param message what failed, on what, and what to do; for the operator
     * @param cause the failure underneath, or null
     */
    public AuditWriteException(String message, @Nullable Throwable cause) {
        super("audit-unavailable", message, cause);
    }
}
