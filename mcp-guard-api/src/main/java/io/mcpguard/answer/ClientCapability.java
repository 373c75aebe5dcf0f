package io.mcpguard.answer;

/**
 * What a client may be able to do for a server (MCP 2026-07-28, {@code ClientCapabilities}).
 *
 * @since 0.1
 */
public enum ClientCapability {
    /** Asks its user to fill in a form. */
    ELICITATION_FORM,
    /** Asks its user to visit a URL. */
    ELICITATION_URL,
    /** Has its model complete a message. */
    SAMPLING,
    /** Names the folders it works in. */
    ROOTS
}
