package io.mcpguard.jaxrs.mount;

/** Jersey on Grizzly, RESTEasy on Netty. */
class MainServerMountTest extends MountContract {

    @Override
    Servers kind() {
        return Servers.MAIN;
    }
}
