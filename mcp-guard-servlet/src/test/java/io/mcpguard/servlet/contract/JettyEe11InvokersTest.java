package io.mcpguard.servlet.contract;

import io.mcpguard.servlet.testbed.JettyEe11Server;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

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

    @Nested
    @EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "virtual threads need JDK 21")
    class OnVirtualThreads extends VirtualThreadContract {
        OnVirtualThreads() {
            super(JettyEe11Server::new);
        }
    }
}
