package io.mcpguard.servlet.contract;

import io.mcpguard.servlet.testbed.UndertowServer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

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

    @Nested
    @EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "virtual threads need JDK 21")
    class OnVirtualThreads extends VirtualThreadContract {
        OnVirtualThreads() {
            super(UndertowServer::new);
        }
    }
}
