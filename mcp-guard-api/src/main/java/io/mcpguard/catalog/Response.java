package io.mcpguard.catalog;

import java.util.Objects;
import java.util.Optional;

/**
 * A response that an operation documents.
 *
 * @param status HTTP status
 * @param description when it is sent
 * @param contentType media type of its body, or empty when it has none
 * @param schema what its body looks like, or empty when unknown
 * @since 0.1
 */
public record Response(int status, String description, Optional<String> contentType, Optional<Schema> schema) {
    public Response {
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(contentType, "contentType");
        Objects.requireNonNull(schema, "schema");
    }
}
