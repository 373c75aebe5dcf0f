package io.mcpguard.servlet.contract;

import io.mcpguard.servlet.testbed.TomcatServer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

class TomcatInvokersTest {

    @Nested
    class Reentry extends ReentryFidelity {
        Reentry() {
            super(new TomcatServer());
        }
    }

    @Nested
    class ReentryRules extends ReentryContract {
        ReentryRules() {
            super(new TomcatServer());
        }
    }

    @Nested
    class Loopback extends LoopbackFidelity {
        Loopback() {
            super(new TomcatServer());
        }
    }

    @Nested
    class Starvation extends StarvationContract {
        Starvation() {
            super(TomcatServer::new);
        }
    }

    @Nested
    class LoopbackRules extends LoopbackContract {
        LoopbackRules() {
            super(new TomcatServer());
        }
    }

    @Nested
    @EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "virtual threads need JDK 21")
    class OnVirtualThreads extends VirtualThreadContract {
        OnVirtualThreads() {
            super(TomcatServer::new);
        }
    }
}
