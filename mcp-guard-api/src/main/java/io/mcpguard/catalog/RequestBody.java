package io.mcpguard.catalog;

import java.util.Objects;

/**
 * The body an operation takes.
 *
 * @param required whether a call without a body is refused
 * @param contentType media type the body is sent as, such as {@code application/json}
 * @param schema what bodies are valid
 * @since 0.1
 */
public record RequestBody(boolean required, String contentType, Schema schema) {
    public RequestBody {
        Objects.requireNonNull(contentType, "contentType");
        Objects.requireNonNull(schema, "schema");
    }
}
