package io.mcpguard.feature;

import io.mcpguard.answer.ToolAnswer;
import io.mcpguard.catalog.Hints;
import io.mcpguard.catalog.Operation;
import io.mcpguard.catalog.OperationId;
import io.mcpguard.catalog.Schema;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A tool of the service's own.
 *
 * @since 0.1
 */
public final class ToolFeature implements Feature {

    private static final Schema NO_ARGUMENTS = new Schema("{\"type\":\"object\",\"additionalProperties\":false}");

    private final Operation operation;
    private final Schema inputSchema;
    private final Optional<Schema> outputSchema;
    private final boolean openWorld;
    private final FeatureHandler<ToolAnswer> handler;

    private ToolFeature(Builder builder, FeatureHandler<ToolAnswer> handler) {
        this.operation = Operation.builder(new OperationId(builder.name), builder.product, "TOOL", "/" + builder.name)
                .title(builder.title.isEmpty() ? builder.name : builder.title)
                .description(builder.description)
                .hints(builder.hints)
                .build();
        this.inputSchema = builder.inputSchema;
        this.outputSchema = Optional.ofNullable(builder.outputSchema);
        this.openWorld = builder.openWorld;
        this.handler = Objects.requireNonNull(handler, "handler");
    }

    /**
     * Starts a tool.
     *
     * @param product id of the product it belongs to
     * @param name 1 to 64 letters, digits, '.', '-' or '_'
     * @param description what it does, for a model; not empty
     * @return a builder
     */
    public static Builder builder(String product, String name, String description) {
        return new Builder(product, name, description);
    }

    @Override
    public Operation operation() {
        return operation;
    }

    /**
     * Returns the schema of the arguments.
     *
     * @return a schema whose root is of type object
     */
    public Schema inputSchema() {
        return inputSchema;
    }

    /**
     * Returns the schema of the structured result.
     *
     * @return the schema, or empty when results are content only
     */
    public Optional<Schema> outputSchema() {
        return outputSchema;
    }

    /**
     * Says whether the tool reaches beyond the service (MCP tool annotation {@code openWorldHint}).
     *
     * @return false unless said otherwise
     */
    public boolean openWorld() {
        return openWorld;
    }

    /**
     * Returns what runs when it is called.
     *
     * @return the handler
     */
    public FeatureHandler<ToolAnswer> handler() {
        return handler;
    }

    /** Names the tool. */
    @Override
    public String toString() {
        return operation.toString();
    }

    /**
     * Collects what a tool is.
     *
     * @since 0.1
     */
    public static final class Builder {

        private final String product;
        private final String name;
        private final String description;
        private String title = "";
        private Schema inputSchema = NO_ARGUMENTS;
        private @Nullable Schema outputSchema;
        private Hints hints = new Hints(false, true, false);
        private boolean openWorld;

        private Builder(String product, String name, String description) {
            this.product = Objects.requireNonNull(product, "product");
            this.name = Objects.requireNonNull(name, "name");
            if (description.isBlank()) {
                throw new IllegalArgumentException(
                        "tool " + name + " needs a description, which a model chooses it by");
            }
            this.description = description;
        }

        /**
         * Sets the name for people.
         *
         * @param title the title
         * @return this builder
         */
        public Builder title(String title) {
            this.title = Objects.requireNonNull(title, "title");
            return this;
        }

        /**
         * Sets the schema of the arguments; without it there are none. Clients get it letter by letter. A property may carry
         * {@code x-mcp-header} (MCP 2026-07-28), so that its value stands in a header too.
         *
         * @param schema a schema whose root is of type object
         * @return this builder
         */
        public Builder inputSchema(Schema schema) {
            this.inputSchema = Objects.requireNonNull(schema, "schema");
            return this;
        }

        /**
         * Sets the schema of the structured result, which every result that is no error then has.
         *
         * @param schema any schema; clients before 2026-07-28 are told of it only when its root is of type object
         * @return this builder
         */
        public Builder outputSchema(Schema schema) {
            this.outputSchema = Objects.requireNonNull(schema, "schema");
            return this;
        }

        /**
         * Sets what a caller may expect of the effects. Without it the tool counts as one that may change and destroy.
         *
         * @param hints the hints
         * @return this builder
         */
        public Builder hints(Hints hints) {
            this.hints = Objects.requireNonNull(hints, "hints");
            return this;
        }

        /**
         * Says that the tool reaches beyond the service.
         *
         * @param reaches whether it does
         * @return this builder
         */
        public Builder openWorld(boolean reaches) {
            this.openWorld = reaches;
            return this;
        }

        /**
         * Makes the tool.
         *
         * @param handler runs when it is called
         * @return the tool
         */
        public ToolFeature handledBy(FeatureHandler<ToolAnswer> handler) {
            return new ToolFeature(this, handler);
        }

        /**
         * Makes a tool of code that answers when it returns.
         *
         * @param code runs when it is called
         * @return the tool
         */
        public ToolFeature answering(FeatureHandler.Direct<ToolAnswer> code) {
            return new ToolFeature(this, FeatureHandler.of(code));
        }
    }
}
