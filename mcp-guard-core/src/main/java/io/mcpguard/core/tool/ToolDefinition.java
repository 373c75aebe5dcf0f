package io.mcpguard.core.tool;

import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a tool is announced, in the shape of the newest revision. The protocol leaves out what an older revision does not know.
 *
 * @param name the tool's name
 * @param definition name, title, description, inputSchema, outputSchema and annotations; not to be changed
 * @since 0.1
 */
public record ToolDefinition(String name, ObjectNode definition) {
    public ToolDefinition {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(definition, "definition");
    }
}
