package io.mcpguard.core.invocation;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a caller gave for one operation, as parsed, before anything is checked.
 *
 * @param path values of path parameters by name
 * @param query values of query parameters by name
 * @param headers values of header parameters by name
 * @param body the body, or null when none was given; JSON null is a body
 * @since 0.1
 */
public record Arguments(
        ObjectNode path,
        ObjectNode query,
        ObjectNode headers,
        @Nullable JsonNode body) {

    /**
     * Returns the body.
     *
     * @return the body, or empty when none was given
     */
    public Optional<JsonNode> bodyIfGiven() {
        return Optional.ofNullable(body);
    }

    /**
     * All arguments as one tree, for the audit trail: pointers into it are {@code /path/x}, {@code /query/x},
     * {@code /header/x} and {@code /body}, the same as for a REST call of the operation.
     *
     * @return a tree that shares its values with this record
     */
    public ObjectNode tree() {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        if (!path.isEmpty()) {
            tree.set("path", path);
        }
        if (!query.isEmpty()) {
            tree.set("query", query);
        }
        if (!headers.isEmpty()) {
            tree.set("header", headers);
        }
        if (body != null) {
            tree.set("body", body);
        }
        return tree;
    }
}
