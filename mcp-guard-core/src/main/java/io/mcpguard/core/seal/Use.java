package io.mcpguard.core.seal;

/**
 * What a sealed value is for. A value of one use never opens as one of another.
 *
 * @since 0.1
 */
public enum Use {
    /** The name of a legacy handshake, {@code Mcp-Session-Id}. */
    SESSION,
    /** Where the next page of a listing starts. */
    CURSOR,
    /** What a request that waits for more input has come to, {@code requestState}. */
    REQUEST_STATE
}
