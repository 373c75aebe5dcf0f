package io.mcpguard.testkit.contract;

import io.mcpguard.invocation.OperationInvoker;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class WireInvokerTest extends OperationInvokerContract {

    private FixtureService service;
    private OperationInvoker invoker;

    @BeforeEach
    void startService() throws IOException {
        service = new FixtureService();
        invoker = new WireInvoker(service.uri());
    }

    @AfterEach
    void stopService() {
        service.close();
    }

    @Override
    protected OperationInvoker invoker() {
        return invoker;
    }

    @Override
    protected List<SeenRequest> seen() {
        return service.seen();
    }

    @Override
    protected URI wire() {
        return service.uri();
    }
}
