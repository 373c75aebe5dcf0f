package io.mcpguard.servlet.contract;

import io.mcpguard.invocation.OperationInvoker;
import io.mcpguard.servlet.reentry.ReentryInvoker;
import io.mcpguard.servlet.testbed.InvokerFidelity;
import io.mcpguard.servlet.testbed.TestContainer;
import io.mcpguard.servlet.testbed.TestService;

abstract class ReentryFidelity extends InvokerFidelity {

    ReentryFidelity(TestContainer container) {
        super(container);
    }

    @Override
    protected OperationInvoker invoker(TestService service) {
        return new ReentryInvoker(service.calls, service.reentry(), 8, 256);
    }
}
