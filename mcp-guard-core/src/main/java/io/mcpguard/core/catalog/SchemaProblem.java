package io.mcpguard.core.catalog;

import java.util.Objects;

/**
 * One place at which a value does not fit its schema.
 *
 * @param pointer JSON Pointer into the value, empty for the value itself
 * @param message what is allowed there
 * @since 0.1
 */
public record SchemaProblem(String pointer, String message) {
    public SchemaProblem {
        Objects.requireNonNull(pointer, "pointer");
        Objects.requireNonNull(message, "message");
    }
}
