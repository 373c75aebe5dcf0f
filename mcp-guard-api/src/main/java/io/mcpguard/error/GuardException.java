package io.mcpguard.error;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Something the guard could not do.
 *
 * <p>{@link #code()} is for programs and never changes once released. {@link #getMessage()} is for the operator: what
 * failed, on what, and what to do about it. It may name hosts and files, so it goes to the log and never to the caller.
 *
 * @since 0.1
 */
public abstract class GuardException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Stable code, see {@link #code()}. */
    private final String code;

    /**
     * For subclasses.
     *
     * @param code stable code, lower-case words joined by hyphens
     * @param message what failed, on what, and what to do
     * @param cause the failure underneath, or null when the guard itself found it
     */
    protected GuardException(String code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /**
     * Says which failure this is.
     *
     * @return a code listed in docs/errors.md, such as {@code store-unavailable}
     */
    public final String code() {
        return code;
    }
}
