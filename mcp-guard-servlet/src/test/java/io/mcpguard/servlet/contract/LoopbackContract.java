package io.mcpguard.servlet.contract;

import io.mcpguard.invocation.OperationInvoker;
import io.mcpguard.loopback.LoopbackInvoker;
import io.mcpguard.servlet.testbed.TestContainer;
import io.mcpguard.servlet.testbed.TestService;

abstract class LoopbackContract extends ServletInvokerContract {

    LoopbackContract(TestContainer container) {
        super(container);
    }

    @Override
    OperationInvoker invoker(TestService running) {
        return new LoopbackInvoker(running.calls, 256);
    }
}
