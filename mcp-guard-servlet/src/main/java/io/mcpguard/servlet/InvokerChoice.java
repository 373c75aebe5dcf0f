package io.mcpguard.servlet;

/**
 * How MCP calls are carried to the service's own stack.
 *
 * @since 0.1
 */
public enum InvokerChoice {
    /** By re-entry where the start-up check finds it equal to a request over the wire, else over loopback. */
    AUTO,
    /** Always over loopback. */
    LOOPBACK
}
