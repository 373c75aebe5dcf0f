package io.mcpguard.feature;

import io.mcpguard.catalog.Operation;

/**
 * Something of the service's own that MCP clients may use beside its operations.
 *
 * @since 0.1
 */
public sealed interface Feature permits ToolFeature, PromptFeature, ResourceFeature {

    /**
     * Returns the feature as the guard decides on it and the audit trail names it: an operation whose method is {@code TOOL},
     * {@code PROMPT} or {@code RESOURCE}. A grant opens it by product, id and that method; a grant for HTTP methods opens no
     * feature.
     *
     * @return the operation
     */
    Operation operation();

    /**
     * Returns the name, which is the operation's id.
     *
     * @return the name
     */
    default String name() {
        return operation().id().value();
    }

    /**
     * Returns the name for people.
     *
     * @return the title, not empty
     */
    default String title() {
        return operation().title();
    }

    /**
     * Returns what a model is told about the feature.
     *
     * @return the description, not empty
     */
    default String description() {
        return operation().description();
    }
}
