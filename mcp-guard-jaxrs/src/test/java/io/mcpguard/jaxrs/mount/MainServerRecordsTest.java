package io.mcpguard.jaxrs.mount;

/** Jersey on Grizzly, RESTEasy on Netty. */
class MainServerRecordsTest extends RecordContract {

    @Override
    Servers kind() {
        return Servers.MAIN;
    }
}
