package io.mcpguard.servlet.contract;

import io.mcpguard.invocation.OperationInvoker;
import io.mcpguard.servlet.testbed.ContractFixture;
import io.mcpguard.servlet.testbed.TestService;
import io.mcpguard.testkit.contract.OperationInvokerContract;
import io.mcpguard.testkit.contract.SeenRequest;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The contract of invokers on an embedded Tomcat. */
abstract class ServletInvokerContract extends OperationInvokerContract {

    private final ContractFixture fixture = new ContractFixture();
    private TestService service;
    private OperationInvoker invoker;

    abstract OperationInvoker invoker(TestService running);

    @BeforeEach
    void start() {
        service = TestService.start(settings -> settings.with(fixture::deploy).with(ForwardInvoker::deploy));
        invoker = invoker(service);
    }

    @AfterEach
    void stop() {
        invoker.close();
        service.close();
    }

    @Override
    protected OperationInvoker invoker() {
        return invoker;
    }

    @Override
    protected List<SeenRequest> seen() {
        return fixture.seen();
    }

    @Override
    protected URI wire() {
        return URI.create("http://127.0.0.1:" + service.port());
    }

    @Override
    protected String basePath() {
        return ContractFixture.BASE_PATH;
    }
}
