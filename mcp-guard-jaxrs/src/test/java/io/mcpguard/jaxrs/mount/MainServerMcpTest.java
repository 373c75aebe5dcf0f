package io.mcpguard.jaxrs.mount;

/** Jersey on Grizzly, RESTEasy on Netty. */
class MainServerMcpTest extends McpContract {

    @Override
    Servers kind() {
        return Servers.MAIN;
    }
}
