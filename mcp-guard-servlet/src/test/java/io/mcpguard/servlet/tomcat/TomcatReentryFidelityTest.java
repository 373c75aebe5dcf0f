package io.mcpguard.servlet.tomcat;

import io.mcpguard.invocation.OperationInvoker;
import io.mcpguard.servlet.testbed.InvokerFidelity;
import io.mcpguard.servlet.testbed.TestService;

class TomcatReentryFidelityTest extends InvokerFidelity {

    @Override
    protected OperationInvoker invoker(TestService service) {
        return new TomcatReentryInvoker(
                service.calls, new TomcatConnectors(service.connector().getService()), 8, 256);
    }
}
