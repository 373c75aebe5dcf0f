package io.mcpguard.servlet.fuzz;

import io.mcpguard.servlet.testbed.JettyEe11Server;

class JettyEe11ReentryFuzzTest extends ReentrySeeds {
    JettyEe11ReentryFuzzTest() {
        super(new JettyEe11Server());
    }
}
