package io.mcpguard.core.credential;

import io.mcpguard.error.GuardException;
import java.io.Serial;

/**
 * A change to an API key was refused, with code {@code key-change-refused}: no such key or profile, too many keys, or a
 * state from which there is no way. Nothing was changed.
 *
 * @since 0.1
 */
public final class KeyRefusedException extends GuardException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message a sentence for the operator: why, and what to do
     */
    public KeyRefusedException(String message) {
        super("key-change-refused", message, null);
    }
}
