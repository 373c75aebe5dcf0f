package io.mcpguard.core.feature;

import io.mcpguard.catalog.Hints;
import io.mcpguard.catalog.Product;
import io.mcpguard.core.catalog.CompiledSchema;
import io.mcpguard.core.catalog.DeclaredNames;
import io.mcpguard.core.catalog.PublishedOperation;
import io.mcpguard.core.tool.ToolDefinition;
import io.mcpguard.feature.ToolFeature;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A tool of the service's own with its schemas compiled.
 *
 * @since 0.1
 */
public final class PublishedTool {

    private final ToolFeature feature;
    private final PublishedOperation published;
    private final CompiledSchema input;
    private final DeclaredNames declared;
    private final Optional<CompiledSchema> output;
    private final ToolDefinition definition;

    PublishedTool(Product product, ToolFeature feature) {
        this.feature = feature;
        this.published = PublishedOperation.ofFeature(product, feature.operation());
        this.input = CompiledSchema.of(feature.inputSchema());
        if (input.document()
                .path("type")
                .stringValueOpt()
                .filter("object"::equals)
                .isEmpty()) {
            throw new IllegalArgumentException("its input schema must be of type object");
        }
        this.declared = DeclaredNames.of(input.document());
        this.output = feature.outputSchema().map(CompiledSchema::of);
        this.definition = new ToolDefinition(feature.name(), announced());
    }

    private ObjectNode announced() {
        ObjectNode tool = JsonNodeFactory.instance.objectNode();
        tool.put("name", feature.name());
        tool.put("title", feature.title());
        tool.put("description", feature.description());
        tool.set("inputSchema", input.document());
        output.ifPresent(schema -> tool.set("outputSchema", schema.document()));
        Hints hints = feature.operation().hints();
        tool.putObject("annotations")
                .put("title", feature.title())
                .put("readOnlyHint", hints.readOnly())
                .put("destructiveHint", hints.destructive())
                .put("idempotentHint", hints.idempotent())
                .put("openWorldHint", feature.openWorld());
        return tool;
    }

    /**
     * Returns what the service published.
     *
     * @return the tool
     */
    public ToolFeature feature() {
        return feature;
    }

    /**
     * Returns the tool as the guard decides on it.
     *
     * @return the operation
     */
    public PublishedOperation published() {
        return published;
    }

    /**
     * Returns the schema of the arguments.
     *
     * @return the compiled schema
     */
    public CompiledSchema input() {
        return input;
    }

    /**
     * Returns the names of the arguments that the schema declares.
     *
     * @return the names
     */
    public DeclaredNames declared() {
        return declared;
    }

    /**
     * Returns the schema of the structured result.
     *
     * @return the compiled schema, or empty when there is none
     */
    public Optional<CompiledSchema> output() {
        return output;
    }

    /**
     * Returns how the tool is announced.
     *
     * @return the definition
     */
    public ToolDefinition definition() {
        return definition;
    }
}
