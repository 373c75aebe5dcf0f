package io.mcpguard.jaxrs.mount;

import io.mcpguard.core.McpGuard;
import io.mcpguard.core.inner.InnerCalls;
import io.mcpguard.core.protocol.EndpointSettings;
import io.mcpguard.core.protocol.OriginPolicy;
import io.mcpguard.core.tool.ToolSettings;
import io.mcpguard.credential.AuthContext;
import io.mcpguard.invocation.CallOrigin;
import io.mcpguard.invocation.OperationInvoker;
import io.mcpguard.jaxrs.entry.Doors;
import io.mcpguard.jaxrs.entry.GuardFilters;
import io.mcpguard.jaxrs.resource.JaxrsOperationSource;
import io.mcpguard.jaxrs.testbed.Guards;
import io.mcpguard.jaxrs.testbed.RecordingTrail;
import io.mcpguard.jaxrs.testbed.Shop;
import io.mcpguard.loopback.LoopbackInvoker;
import io.mcpguard.testkit.contract.OperationInvokerContract;
import io.mcpguard.testkit.contract.SeenRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.net.URI;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** The contract of invokers for the one that a server without servlets has. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LoopbackContract extends OperationInvokerContract {

    private final int port = Servers.freePort();
    private final Fixture fixture = new Fixture();
    private final Fixture.InFront inFront = new Fixture.InFront();
    private McpGuard guard;
    private OperationInvoker invoker;
    private AutoCloseable server;

    abstract Servers kind();

    @BeforeAll
    void start() {
        Shop shop = new Shop();
        JaxrsOperationSource source = JaxrsOperationSource.of(shop).build();
        shop.with(source.check());
        guard = Guards.over(source, new RecordingTrail());
        InnerCalls<ContainerRequestContext> calls = new InnerCalls<>(guard.clock(), new SecureRandom(), 512);
        invoker = new LoopbackInvoker(calls, 256);
        Doors doors = new Doors(
                guard,
                guard.endpoint(
                        invoker,
                        OriginPolicy.loopbackOnly(),
                        EndpointSettings.standard("test", "1"),
                        ToolSettings.DEFAULT),
                calls,
                new Doors.Settings("/mcp", 1 << 20, false, request -> origin(), request -> AuthContext.none()));
        shop.with(new GuardFilters(doors, GuardFilters.GATE, 1 << 18))
                .with(fixture)
                .with(inFront);
        server = kind().start(shop, port);
    }

    @AfterAll
    void stop() throws Exception {
        fixture.close();
        invoker.close();
        server.close();
        guard.close();
    }

    /** Of a request from outside, whose peer JAX-RS does not know. */
    private CallOrigin origin() {
        return new CallOrigin("unknown", 0, "http", false, "127.0.0.1", port, "127.0.0.1", port, List.of());
    }

    @Override
    protected OperationInvoker invoker() {
        return invoker;
    }

    @Override
    protected List<SeenRequest> seen() {
        return inFront.seen();
    }

    @Override
    protected URI wire() {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    protected String basePath() {
        return Fixture.BASE_PATH;
    }
}
