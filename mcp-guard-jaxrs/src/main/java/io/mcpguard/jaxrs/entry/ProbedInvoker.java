package io.mcpguard.jaxrs.entry;

import io.mcpguard.core.inner.InnerCalls;
import io.mcpguard.core.inner.Tap;
import io.mcpguard.error.InvocationException;
import io.mcpguard.invocation.CallOrigin;
import io.mcpguard.invocation.OperationCall;
import io.mcpguard.invocation.OperationInvoker;
import io.mcpguard.invocation.OperationResult;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Sends nothing before a request without any credential has shown that the address is the service's own, and that the guard's
 * first filter is there.
 *
 * @since 0.1
 */
public final class ProbedInvoker implements OperationInvoker {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final OperationInvoker invoker;
    private final InnerCalls<ContainerRequestContext> calls;
    private final String path;
    private volatile boolean shown;

    /**
     * Makes the invoker.
     *
     * @param invoker sends
     * @param calls where its nonces are kept
     * @param path raw path below which requests come through the service's filters
     */
    public ProbedInvoker(OperationInvoker invoker, InnerCalls<ContainerRequestContext> calls, String path) {
        this.invoker = invoker;
        this.calls = calls;
        this.path = path;
    }

    @Override
    public String name() {
        return invoker.name();
    }

    @Override
    public CompletionStage<OperationResult> invoke(OperationCall call) {
        return shown
                ? invoker.invoke(call)
                : probe(call.origin())
                        .thenCompose(probe -> probe == Probe.MISSED
                                ? CompletableFuture.failedStage(InvocationException.unreachable(
                                        "the guard's first filter is not reached at "
                                                + call.origin().localAddress() + ":"
                                                + call.origin().localPort()
                                                + "; check the address of the mount and that its components are registered",
                                        null))
                                : invoker.invoke(call));
    }

    /**
     * What a probe has found.
     *
     * @since 0.1
     */
    public enum Probe {
        /** The first filter is not there. */
        MISSED,
        /** The first filter is reached. */
        REACHED,
        /** The first filter is reached, on a server that cannot let a request wait without a thread. */
        REACHED_WITHOUT_SUSPENSION
    }

    /**
     * Finds out whether the first filter is reached.
     *
     * @param origin the connection to pretend, with the service's own address
     * @return what was found; never fails
     */
    public CompletionStage<Probe> probe(CallOrigin origin) {
        AtomicReference<Probe> found = new AtomicReference<>(Probe.MISSED);
        UUID id = UUID.randomUUID();
        OperationCall probe =
                OperationCall.builder(id, "GET", path, origin).timeout(PATIENCE).build();
        calls.watch(id, new Tap<>() {
            @Override
            public void entered(ContainerRequestContext request) {
                found.set(suspends(request) ? Probe.REACHED : Probe.REACHED_WITHOUT_SUSPENSION);
            }

            @Override
            public void answered(List<String> frames) {
                // Answered by the filter itself.
            }
        });
        return invoker.invoke(probe).handle((answer, failure) -> {
            calls.unwatch(id);
            Probe result = found.get();
            shown |= result != Probe.MISSED;
            return result;
        });
    }

    /** JAX-RS has no way to ask. Of the known servers it is Jersey's adapter of the JDK's that cannot. */
    private static boolean suspends(ContainerRequestContext request) {
        try {
            Object writer = request.getClass().getMethod("getResponseWriter").invoke(request);
            return !writer.getClass().getName().startsWith("org.glassfish.jersey.jdkhttp.");
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    @Override
    public void close() {
        invoker.close();
    }
}
