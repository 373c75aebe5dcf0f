package io.mcpguard.core.tool;

import io.mcpguard.core.json.JsonOutput;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a tool is announced, written once for each shape.
 *
 * @since 0.1
 */
public final class ToolDefinition {

    private final String name;
    private final ObjectNode definition;
    private final List<HeaderParameter> headers;
    private final Map<ToolShape, String> written = new EnumMap<>(ToolShape.class);

    /**
     * Makes a definition.
     *
     * @param name the tool's name
     * @param definition name, title, description, inputSchema, outputSchema and annotations in the shape of the newest
     *     revision; not to be changed afterwards
     * @throws IllegalArgumentException when the input schema uses {@code x-mcp-header} where it must not
     */
    public ToolDefinition(String name, ObjectNode definition) {
        this.name = Objects.requireNonNull(name, "name");
        this.definition = Objects.requireNonNull(definition, "definition");
        this.headers = HeaderParameter.of(definition.path("inputSchema"));
        for (ToolShape shape : ToolShape.values()) {
            written.put(shape, JsonOutput.text(shaped(definition, shape)));
        }
    }

    private static ObjectNode shaped(ObjectNode definition, ToolShape shape) {
        ObjectNode shaped = definition.deepCopy();
        boolean objects = definition
                .path("outputSchema")
                .path("type")
                .stringValueOpt()
                .filter("object"::equals)
                .isPresent();
        if (shape != ToolShape.ANY_OUTPUT && !objects) {
            shaped.remove("outputSchema");
        }
        if (shape == ToolShape.PLAIN) {
            shaped.remove(List.of("title", "outputSchema"));
        }
        return shaped;
    }

    /**
     * Returns the tool's name.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Returns the definition in the shape of the newest revision.
     *
     * @return the tree; not to be changed
     */
    public ObjectNode definition() {
        return definition;
    }

    /**
     * Lists the arguments that a client repeats in headers.
     *
     * @return the headers, usually none
     */
    public List<HeaderParameter> headers() {
        return headers;
    }

    /**
     * Returns the definition as JSON text.
     *
     * @param shape what the client's revision can say
     * @return the text
     */
    public String written(ToolShape shape) {
        return Objects.requireNonNull(written.get(shape));
    }

    /** Names the tool. */
    @Override
    public String toString() {
        return "ToolDefinition[" + name + "]";
    }
}
