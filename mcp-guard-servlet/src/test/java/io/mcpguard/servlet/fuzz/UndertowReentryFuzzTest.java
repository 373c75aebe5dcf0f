package io.mcpguard.servlet.fuzz;

import io.mcpguard.servlet.testbed.UndertowServer;

class UndertowReentryFuzzTest extends ReentrySeeds {
    UndertowReentryFuzzTest() {
        super(new UndertowServer());
    }
}
