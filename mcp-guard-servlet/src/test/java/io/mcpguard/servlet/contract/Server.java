package io.mcpguard.servlet.contract;

import io.mcpguard.servlet.testbed.JettyEe11Server;
import io.mcpguard.servlet.testbed.TestContainer;
import io.mcpguard.servlet.testbed.TomcatServer;
import io.mcpguard.servlet.testbed.UndertowServer;

/** The containers, for tests that run on each. */
enum Server {
    TOMCAT,
    JETTY,
    UNDERTOW;

    TestContainer container() {
        return switch (this) {
            case TOMCAT -> new TomcatServer();
            case JETTY -> new JettyEe11Server();
            case UNDERTOW -> new UndertowServer();
        };
    }
}
