package io.mcpguard.core.feature;

/**
 * What clients keep lists of.
 *
 * @since 0.1
 */
public enum FeatureKind {
    /** Tools, those of operations included. */
    TOOLS,
    /** Prompts. */
    PROMPTS,
    /** Resources and templates. */
    RESOURCES
}
