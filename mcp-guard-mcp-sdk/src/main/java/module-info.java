/** Puts tools, prompts and resources written for the MCP Java SDK behind the guard. */
module io.mcpguard.sdk {
    requires transitive io.mcpguard.api;
    requires transitive io.modelcontextprotocol.sdk.mcp.core;
    requires reactor.core;
    requires org.reactivestreams;

    exports io.mcpguard.sdk;
}
