package io.mcpguard.servlet.contract;

import io.mcpguard.invocation.OperationInvoker;
import io.mcpguard.servlet.testbed.TestService;
import io.mcpguard.servlet.tomcat.TomcatReentryInvoker;
import java.util.Optional;

class TomcatReentryContractTest extends ServletInvokerContract {

    @Override
    OperationInvoker invoker(TestService running) {
        // The contract's caller asked at a port that this server does not have.
        return new TomcatReentryInvoker(running.calls, port -> Optional.of(running.connector()), 8, 256);
    }
}
