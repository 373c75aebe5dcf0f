package io.mcpguard.servlet.tomcat;

import io.mcpguard.invocation.OperationInvoker;
import io.mcpguard.loopback.LoopbackInvoker;
import io.mcpguard.servlet.testbed.InvokerFidelity;
import io.mcpguard.servlet.testbed.TestService;

class LoopbackFidelityTest extends InvokerFidelity {

    @Override
    protected OperationInvoker invoker(TestService service) {
        return new LoopbackInvoker(service.calls, 256);
    }
}
