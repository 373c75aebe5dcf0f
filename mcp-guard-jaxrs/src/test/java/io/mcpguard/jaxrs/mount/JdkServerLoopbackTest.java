package io.mcpguard.jaxrs.mount;

import org.junit.jupiter.api.Tag;

/** Jersey on the HTTP server of the JDK. */
@Tag("once")
@Tag("jersey")
class JdkServerLoopbackTest extends LoopbackContract {

    @Override
    Servers kind() {
        return Servers.JDK;
    }
}
