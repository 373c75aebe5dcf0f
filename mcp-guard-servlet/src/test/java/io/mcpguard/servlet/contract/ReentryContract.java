package io.mcpguard.servlet.contract;

import io.mcpguard.invocation.OperationInvoker;
import io.mcpguard.servlet.reentry.Container;
import io.mcpguard.servlet.reentry.ReentryInvoker;
import io.mcpguard.servlet.testbed.TestContainer;
import io.mcpguard.servlet.testbed.TestService;

abstract class ReentryContract extends ServletInvokerContract {

    ReentryContract(TestContainer container) {
        super(container);
    }

    @Override
    OperationInvoker invoker(TestService running) {
        Container found = running.reentry();
        // The contract's caller asked at a port that this server does not have.
        return new ReentryInvoker(running.calls, port -> found.at(running.port()), 8, 256);
    }
}
