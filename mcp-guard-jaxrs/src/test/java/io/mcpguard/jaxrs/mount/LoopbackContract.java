package io.mcpguard.jaxrs.mount;

import io.mcpguard.core.McpGuard;
import io.mcpguard.core.inner.InnerCalls;
import io.mcpguard.core.protocol.EndpointSettings;
import io.mcpguard.core.protocol.OriginPolicy;
import io.mcpguard.core.tool.ToolSettings;
import io.mcpguard.credential.AuthContext;
import io.mcpguard.invocation.CallOrigin;
import io.mcpguard.invocation.OperationCall;
import io.mcpguard.invocation.OperationInvoker;
import io.mcpguard.invocation.OperationResult;
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
import java.util.concurrent.CompletionStage;
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
        LoopbackInvoker loopback = new LoopbackInvoker(calls, 256);
        invoker = new OperationInvoker() {
            @Override
            public CompletionStage<OperationResult> invoke(OperationCall call) {
                return loopback.invoke(arrivedHere(call));
            }

            @Override
            public String name() {
                return loopback.name();
            }

            @Override
            public void close() {
                loopback.close();
            }
        };
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

    /** The contract's caller asked at an address that this machine does not have. */
    private OperationCall arrivedHere(OperationCall call) {
        CallOrigin origin = call.origin();
        OperationCall.Builder here = OperationCall.builder(
                        call.callId(),
                        call.method(),
                        call.rawPath(),
                        new CallOrigin(
                                origin.remoteAddress(),
                                origin.remotePort(),
                                origin.scheme(),
                                origin.secure(),
                                origin.serverName(),
                                origin.serverPort(),
                                "127.0.0.1",
                                port,
                                origin.clientCertificates()))
                .rawQuery(call.rawQuery().orElse(null))
                .body(call.body())
                .timeout(call.timeout())
                .maxResponseBytes(call.maxResponseBytes());
        call.headers().forEach(field -> here.header(field.name(), field.value()));
        return here.build();
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
