package io.mcpguard.error;

import java.io.Serial;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An audit record could not be written, so the call it belongs to must not go on.
 *
 * @since 0.1
 */
public final class AuditWriteException extends GuardException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** How long to wait at least, or null. */
    private final @Nullable Duration retryAfter;

    /** Whether the record stands all the same. */
    private final boolean written;

    /**
     * Makes the exception with code {@code audit-unavailable}.
     *
     * @param message what failed, on what, and what to do; for the operator
     * @param cause the failure underneath, or null
     */
    public AuditWriteException(String message, @Nullable Throwable cause) {
        this(message, cause, null, false);
    }

    private AuditWriteException(
            String message, @Nullable Throwable cause, @Nullable Duration retryAfter, boolean written) {
        super("audit-unavailable", message, cause);
        this.retryAfter = retryAfter;
        this.written = written;
    }

    /**
     * Makes the exception for a record that stands in the trail, but may not survive what it has to survive: the disk, or a sink,
     * has not confirmed it in time.
     *
     * @param message what failed, on what, and what to do; for the operator
     * @return the exception
     */
    public static AuditWriteException unconfirmed(String message) {
        return new AuditWriteException(message, null, null, true);
    }

    /**
     * Makes the exception for a sink whose other side has said when to come again, as with {@code Retry-After} of HTTP.
     *
     * @param message what failed, on what, and what to do; for the operator
     * @param retryAfter how long the other side wants to be left alone; not negative
     * @return the exception
     */
    public static AuditWriteException retryAfter(String message, Duration retryAfter) {
        return new AuditWriteException(message, null, retryAfter, false);
    }

    /**
     * Says whether the record stands in the trail all the same, unconfirmed.
     *
     * @return false when nobody will find it there
     */
    public boolean isWritten() {
        return written;
    }

    /**
     * Says when the other side of a sink wants to be asked again.
     *
     * @return the wait it named, counted from when this was thrown; empty when it named none
     */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
