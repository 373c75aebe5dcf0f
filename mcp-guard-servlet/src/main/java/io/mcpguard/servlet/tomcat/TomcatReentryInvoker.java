package io.mcpguard.servlet.tomcat;

import io.mcpguard.core.inner.InnerCalls;
import io.mcpguard.core.inner.InnerRequest;
import io.mcpguard.core.inner.InnerThreads;
import io.mcpguard.core.inner.PendingResult;
import io.mcpguard.error.InvocationException;
import io.mcpguard.invocation.HttpField;
import io.mcpguard.invocation.OperationCall;
import io.mcpguard.invocation.OperationInvoker;
import io.mcpguard.invocation.OperationResult;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.AbstractProtocol;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.http.parser.HttpParser;

/**
 * Hands a call to the adapter of the connector that the caller's own request came in by, on a thread of the guard's own.
 *
 * <p>Valves, realm, filters, error pages, access log and asynchronous servlets work as on a socket, and the service sees the
 * caller's address and certificates. What Tomcat's HTTP parser would refuse is refused here with the same status.
 *
 * @since 0.1
 */
public final class TomcatReentryInvoker implements OperationInvoker {

    private final InnerCalls<?> calls;
    private final Connectors connectors;
    private final int maxInFlight;
    private final Semaphore inFlight;
    private final ThreadPoolExecutor threads;
    private final ThreadPoolExecutor replies;
    private final ScheduledThreadPoolExecutor deadlines;

    /**
     * Finds the connector by which a request came in.
     *
     * @since 0.1
     */
    @FunctionalInterface
    public interface Connectors {

        /**
         * Finds a connector by its port.
         *
         * @param localPort port of the service that the caller's own request arrived at
         * @return the connector, or empty when none listens there
         */
        Optional<Connector> at(int localPort);
    }

    /**
     * Makes an invoker; threads are started when calls need them.
     *
     * @param calls where the nonces are kept, the same that the service's first filter asks
     * @param connectors the service's connectors
     * @param threads how many calls run at the same time
     * @param maxInFlight calls at the same time, waiting ones included; more are refused
     */
    public TomcatReentryInvoker(InnerCalls<?> calls, Connectors connectors, int threads, int maxInFlight) {
        this.calls = calls;
        this.connectors = connectors;
        this.maxInFlight = maxInFlight;
        this.inFlight = new Semaphore(maxInFlight);
        this.threads = InnerThreads.pool("mcp-guard-reentry", threads);
        this.replies = InnerThreads.pool("mcp-guard-reentry-reply", 4);
        this.deadlines = InnerThreads.scheduler("mcp-guard-reentry-deadline");
    }

    @Override
    public String name() {
        return "re-entry";
    }

    @Override
    public CompletionStage<OperationResult> invoke(OperationCall call) {
        Optional<AbstractProtocol<?>> protocol = connectors
                .at(call.origin().localPort())
                .map(Connector::getProtocolHandler)
                .filter(AbstractProtocol.class::isInstance)
                .map(handler -> (AbstractProtocol<?>) handler);
        if (protocol.isEmpty()) {
            return CompletableFuture.failedFuture(InvocationException.unreachable(
                    "no connector of this server listens on port "
                            + call.origin().localPort(),
                    null));
        }
        if (!inFlight.tryAcquire()) {
            return CompletableFuture.failedFuture(
                    InvocationException.overloaded("already " + maxInFlight + " calls are in flight by re-entry"));
        }
        PendingResult pending = new PendingResult(call, replies);
        String nonce;
        try {
            nonce = calls.open(call);
        } catch (InvocationException e) {
            inFlight.release();
            pending.fail(e);
            return pending.stage();
        }
        Runnable ended = () -> {
            inFlight.release();
            calls.close(nonce);
        };
        if (!parses(call, nonce, protocol.get())) {
            ended.run();
            pending.give(new OperationResult(400, List.of(), new byte[0], false));
            return pending.stage();
        }
        try {
            MemoryProcessor processor = new MemoryProcessor(protocol.get(), call, nonce, threads, pending, ended);
            pending.limit(deadlines, processor::abandon);
            processor.start();
        } catch (RuntimeException e) {
            ended.run();
            pending.fail(InvocationException.unreachable(call + " could not be handed to the container", e));
        }
        return pending.stage();
    }

    /** What the HTTP parser of the connector checks before its adapter sees a request. */
    private static boolean parses(OperationCall call, String nonce, AbstractProtocol<?> protocol) {
        if (!InnerRequest.target(call).chars().noneMatch(HttpParser::isNotRequestTarget)) {
            return false;
        }
        int size = call.method().length() + InnerRequest.target(call).length() + "  HTTP/1.1\r\n".length();
        int count = 2;
        for (HttpField field : InnerRequest.fields(call, nonce)) {
            size += field.name().length() + field.value().length() + ": \r\n".length();
            count++;
        }
        boolean fits = !(protocol instanceof AbstractHttp11Protocol<?> http)
                || size + InnerRequest.host(call.origin()).length() + 64 <= http.getMaxHttpRequestHeaderSize();
        return fits && (protocol.getMaxHeaderCount() < 0 || count <= protocol.getMaxHeaderCount());
    }

    @Override
    public void close() {
        threads.shutdownNow();
        deadlines.shutdownNow();
        replies.shutdown();
    }
}
