package io.mcpguard.servlet.contract;

import io.mcpguard.invocation.OperationInvoker;
import io.mcpguard.servlet.reentry.ReentryInvoker;
import io.mcpguard.servlet.testbed.TestContainer;
import io.mcpguard.servlet.testbed.TestService;

abstract class ReentryContract extends ServletInvokerContract {

    ReentryContract(TestContainer container) {
        super(container);
    }

    @Override
    OperationInvoker invoker(TestService running) {
        return new ReentryInvoker(running.calls, running.reentry(), 8, 256);
    }
}
