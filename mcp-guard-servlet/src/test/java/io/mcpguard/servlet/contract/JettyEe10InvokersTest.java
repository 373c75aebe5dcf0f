package io.mcpguard.servlet.contract;

import io.mcpguard.servlet.testbed.JettyEe10Server;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

class JettyEe10InvokersTest {

    @Nested
    class Reentry extends ReentryFidelity {
        Reentry() {
            super(new JettyEe10Server());
        }
    }

    @Nested
    class ReentryRules extends ReentryContract {
        ReentryRules() {
            super(new JettyEe10Server());
        }
    }

    @Nested
    class Loopback extends LoopbackFidelity {
        Loopback() {
            super(new JettyEe10Server());
        }
    }

    @Nested
    class Starvation extends StarvationContract {
        Starvation() {
            super(JettyEe10Server::new);
        }
    }

    @Nested
    class LoopbackRules extends LoopbackContract {
        LoopbackRules() {
            super(new JettyEe10Server());
        }
    }

    @Nested
    @EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "virtual threads need JDK 21")
    class OnVirtualThreads extends VirtualThreadContract {
        OnVirtualThreads() {
            super(JettyEe10Server::new);
        }
    }
}
