package io.mcpguard.audit;

/**
 * The door a call came in by.
 *
 * @since 0.1
 */
public enum Channel {
    /** The MCP endpoint. */
    MCP,
    /** The service's own REST API. */
    REST,
    /** An operator's command. */
    ADMIN,
    /** The guard itself. */
    SELF
}
