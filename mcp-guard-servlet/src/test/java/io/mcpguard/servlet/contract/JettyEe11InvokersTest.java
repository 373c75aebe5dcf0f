package io.mcpguard.servlet.contract;

import io.mcpguard.servlet.testbed.JettyEe11Server;
import org.junit.jupiter.api.Nested;

class JettyEe11InvokersTest {

    @Nested
    class Reentry extends ReentryFidelity {
        Reentry() {
            super(new JettyEe11Server());
        }
    }

    @Nested
    class ReentryRules extends ReentryContract {
        ReentryRules() {
            super(new JettyEe11Server());
        }
    }

    @Nested
    class Loopback extends LoopbackFidelity {
        Loopback() {
            super(new JettyEe11Server());
        }
    }

    @Nested
    class Starvation extends StarvationContract {
        Starvation() {
            super(JettyEe11Server::new);
        }
    }

    @Nested
    class LoopbackRules extends LoopbackContract {
        LoopbackRules() {
            super(new JettyEe11Server());
        }
    }
}
