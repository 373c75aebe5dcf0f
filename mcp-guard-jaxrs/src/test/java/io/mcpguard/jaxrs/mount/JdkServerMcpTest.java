package io.mcpguard.jaxrs.mount;

import org.junit.jupiter.api.Tag;

/** Jersey on the HTTP server of the JDK, which cannot suspend a request. */
@Tag("jersey")
class JdkServerMcpTest extends McpContract {

    @Override
    Servers kind() {
        return Servers.JDK;
    }
}
