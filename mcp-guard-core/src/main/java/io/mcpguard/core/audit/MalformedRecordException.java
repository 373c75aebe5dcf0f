package io.mcpguard.core.audit;

import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A text is not an audit event of this format.
 *
 * @since 0.1
 */
public final class MalformedRecordException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    MalformedRecordException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
