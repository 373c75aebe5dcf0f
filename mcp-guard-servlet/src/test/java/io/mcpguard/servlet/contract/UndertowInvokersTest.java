package io.mcpguard.servlet.contract;

import io.mcpguard.servlet.testbed.UndertowServer;
import org.junit.jupiter.api.Nested;

class UndertowInvokersTest {

    @Nested
    class Reentry extends ReentryFidelity {
        Reentry() {
            super(new UndertowServer());
        }
    }

    @Nested
    class ReentryRules extends ReentryContract {
        ReentryRules() {
            super(new UndertowServer());
        }
    }

    @Nested
    class Loopback extends LoopbackFidelity {
        Loopback() {
            super(new UndertowServer());
        }
    }

    @Nested
    class Starvation extends StarvationContract {
        Starvation() {
            super(UndertowServer::new);
        }
    }

    @Nested
    class LoopbackRules extends LoopbackContract {
        LoopbackRules() {
            super(new UndertowServer());
        }
    }
}
