package io.mcpguard.servlet.contract;

import io.mcpguard.invocation.OperationInvoker;
import io.mcpguard.loopback.LoopbackInvoker;
import io.mcpguard.servlet.testbed.InvokerFidelity;
import io.mcpguard.servlet.testbed.TestContainer;
import io.mcpguard.servlet.testbed.TestService;

abstract class LoopbackFidelity extends InvokerFidelity {

    LoopbackFidelity(TestContainer container) {
        super(container);
    }

    @Override
    protected OperationInvoker invoker(TestService service) {
        return new LoopbackInvoker(service.calls, 256);
    }
}
