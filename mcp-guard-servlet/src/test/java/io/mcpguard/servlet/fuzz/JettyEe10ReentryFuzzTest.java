package io.mcpguard.servlet.fuzz;

import io.mcpguard.servlet.testbed.JettyEe10Server;

class JettyEe10ReentryFuzzTest extends ReentrySeeds {
    JettyEe10ReentryFuzzTest() {
        super(new JettyEe10Server());
    }
}
