package io.mcpguard.servlet.contract;

import io.mcpguard.invocation.OperationInvoker;
import io.mcpguard.servlet.testbed.ContractFixture;
import io.mcpguard.servlet.testbed.TestContainer;
import io.mcpguard.servlet.testbed.TestService;
import io.mcpguard.testkit.contract.OperationInvokerContract;
import io.mcpguard.testkit.contract.SeenRequest;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** The contract of invokers on an embedded container. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ServletInvokerContract extends OperationInvokerContract {

    private final ContractFixture fixture = new ContractFixture();
    private final TestContainer container;
    private TestService service;
    private OperationInvoker invoker;

    ServletInvokerContract(TestContainer container) {
        this.container = container;
    }

    abstract OperationInvoker invoker(TestService running);

    @BeforeAll
    void start() {
        service = TestService.start(
                settings -> settings.on(container).with(fixture::deploy).with(AroundInvoker::deploy));
        invoker = invoker(service);
    }

    @AfterAll
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
