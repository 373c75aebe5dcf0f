package io.mcpguard.servlet.fuzz;

import io.mcpguard.servlet.testbed.TomcatServer;

class TomcatReentryFuzzTest extends ReentrySeeds {
    TomcatReentryFuzzTest() {
        super(new TomcatServer());
    }
}
