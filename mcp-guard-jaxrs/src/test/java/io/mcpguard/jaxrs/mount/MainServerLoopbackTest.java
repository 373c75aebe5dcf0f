package io.mcpguard.jaxrs.mount;

/** Jersey on Grizzly, RESTEasy on Netty. */
class MainServerLoopbackTest extends LoopbackContract {

    @Override
    Servers kind() {
        return Servers.MAIN;
    }
}
