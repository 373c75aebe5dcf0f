package io.mcpguard.error;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A call got no answer from the service's own stack. Whether the operation ran is unknown.
 *
 * @since 0.1
 */
public final class InvocationException extends GuardException {

    @Serial
    private static final long serialVersionUID = 1L;

    private InvocationException(String code, String message, @Nullable Throwable cause) {
        super(code, message, cause);
    }

    /**
     * The answer did not come in time: code {@code operation-timeout}.
     *
     * @param message which call and which limit
     * @return the exception
     */
    public static InvocationException timeout(String message) {
        return new InvocationException("operation-timeout", message, null);
    }

    /**
     * The stack could not be reached or broke off: code {@code operation-unreachable}.
     *
     * @param message which call and what broke
     * @param cause the failure underneath, or null
     * @return the exception
     */
    public static InvocationException unreachable(String message, @Nullable Throwable cause) {
        return new InvocationException("operation-unreachable", message, cause);
    }

    /**
     * All threads of the invoker are busy and its queue is full: code {@code invoker-overloaded}. The operation did not run.
     *
     * @param message which bound was reached
     * @return the exception
     */
    public static InvocationException overloaded(String message) {
        return new InvocationException("invoker-overloaded", message, null);
    }
}
