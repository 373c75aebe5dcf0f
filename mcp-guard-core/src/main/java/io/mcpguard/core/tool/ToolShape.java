package io.mcpguard.core.tool;

/**
 * What a revision of the protocol can say of a tool, least first.
 *
 * @since 0.1
 */
public enum ToolShape {
    /** Revision 2025-03-26: name, description, input schema and hints. */
    PLAIN,
    /** Revisions 2025-06-18 and 2025-11-25: also a title, and an output schema whose root is of type object. */
    TITLED,
    /** Revision 2026-07-28: also any output schema. */
    ANY_OUTPUT
}
