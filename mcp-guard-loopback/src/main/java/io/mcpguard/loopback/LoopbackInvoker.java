package io.mcpguard.loopback;

import io.mcpguard.core.inner.InnerCalls;
import io.mcpguard.core.inner.InnerRequest;
import io.mcpguard.core.inner.InnerThreads;
import io.mcpguard.core.inner.PendingResult;
import io.mcpguard.error.InvocationException;
import io.mcpguard.invocation.HttpField;
import io.mcpguard.invocation.OperationCall;
import io.mcpguard.invocation.OperationInvoker;
import io.mcpguard.invocation.OperationResult;
import java.net.InetAddress;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.URIAuthority;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Sends a call to the service's own port over a connection of the guard's own pool.
 *
 * <p>The target is the address that the caller's own request arrived at, never one from a header. No thread waits for an
 * answer, so the service's pool cannot run dry on calls that wait for each other.
 *
 * @since 0.1
 */
public final class LoopbackInvoker implements OperationInvoker {

    private final InnerCalls<?> calls;
    private final Semaphore inFlight;
    private final int maxInFlight;
    private final CloseableHttpAsyncClient client;
    private final OwnPorts ports;
    private final ThreadPoolExecutor replies;
    private final ScheduledThreadPoolExecutor deadlines;

    /**
     * Starts the pool.
     *
     * @param calls where the nonces are kept, the same that the service's first filter asks
     * @param maxInFlight calls at the same time, waiting ones included; more are refused
     */
    public LoopbackInvoker(InnerCalls<?> calls, int maxInFlight) {
        this.calls = calls;
        this.maxInFlight = maxInFlight;
        this.inFlight = new Semaphore(maxInFlight);
        this.replies = InnerThreads.pool("mcp-guard-loopback-reply", 8);
        this.deadlines = InnerThreads.scheduler("mcp-guard-loopback-deadline");
        this.ports = new OwnPorts(replies);
        this.client = LoopbackClient.start(ports.context());
    }

    @Override
    public String name() {
        return "loopback";
    }

    @Override
    public CompletionStage<OperationResult> invoke(OperationCall call) {
        if (!inFlight.tryAcquire()) {
            return CompletableFuture.failedFuture(
                    InvocationException.overloaded("already " + maxInFlight + " calls are in flight over loopback"));
        }
        String nonce;
        try {
            nonce = calls.open(call);
        } catch (InvocationException e) {
            inFlight.release();
            return CompletableFuture.failedFuture(e);
        }
        PendingResult pending = new PendingResult(call, replies);
        ports.scheme(call.origin()).whenComplete((scheme, failure) -> {
            try {
                send(call, scheme == null ? "http" : scheme, nonce, pending);
            } catch (URISyntaxException | UnknownHostException | RuntimeException e) {
                calls.close(nonce);
                inFlight.release();
                pending.fail(InvocationException.unreachable(call + " could not be sent over loopback", e));
            }
        });
        return pending.stage();
    }

    private void send(OperationCall call, String scheme, String nonce, PendingResult pending)
            throws URISyntaxException, UnknownHostException {
        HttpHost target = new HttpHost(
                scheme,
                InetAddress.getByName(call.origin().localAddress()),
                call.origin().localAddress(),
                call.origin().localPort());
        BasicHttpRequest request = new BasicHttpRequest(call.method(), InnerRequest.target(call));
        request.setAuthority(URIAuthority.create(InnerRequest.host(call.origin())));
        for (HttpField field : InnerRequest.fields(call, nonce)) {
            request.addHeader(field.name(), field.value());
        }
        HttpClientContext context = HttpClientContext.create();
        Timeout timeout = Timeout.of(call.timeout());
        context.setRequestConfig(RequestConfig.custom()
                .setConnectionRequestTimeout(timeout)
                .setResponseTimeout(timeout)
                .setRedirectsEnabled(false)
                // Set here and not on the client, where clients before 5.6, as Spring Boot 3.5 brings one, have no such
                // setting.
                .setContentCompressionEnabled(false)
                .setAuthenticationEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .setExpectContinueEnabled(false)
                .build());
        AtomicReference<@Nullable Future<?>> exchange = new AtomicReference<>();
        Runnable abandon = () -> {
            Future<?> running = exchange.get();
            if (running != null) {
                running.cancel(true);
            }
        };
        pending.limit(deadlines, abandon);
        exchange.set(client.execute(
                target,
                new BasicRequestProducer(
                        request, InnerRequest.hasLength(call) ? new BasicAsyncEntityProducer(call.body(), null) : null),
                new BoundedResponse(call.maxResponseBytes(), pending::give),
                null,
                context,
                new Settlement(call, scheme, nonce, pending)));
        if (pending.settled()) {
            // The deadline may have passed before there was anything to cancel.
            abandon.run();
        }
    }

    @Override
    public void close() {
        client.close(CloseMode.GRACEFUL);
        deadlines.shutdownNow();
        replies.shutdown();
    }

    /** Ends the call when the exchange is over, in whatever way. Called once. */
    private final class Settlement implements FutureCallback<OperationResult> {

        private final OperationCall call;
        private final String scheme;
        private final String nonce;
        private final PendingResult pending;

        Settlement(OperationCall call, String scheme, String nonce, PendingResult pending) {
            this.call = call;
            this.scheme = scheme;
            this.nonce = nonce;
            this.pending = pending;
        }

        @Override
        public void completed(OperationResult result) {
            boolean unclaimed = release();
            if (unclaimed && !scheme.equals(call.origin().scheme())) {
                // A TLS port answers plain HTTP with a 400 of its own. That is not the service's answer.
                ports.forget(call.origin());
                pending.fail(InvocationException.unreachable(
                        call + " did not reach the service: port "
                                + call.origin().localPort()
                                + " neither took it as plain HTTP nor offered TLS without a client certificate",
                        null));
            } else {
                pending.give(result);
            }
        }

        @Override
        public void failed(Exception cause) {
            release();
            ports.forget(call.origin());
            pending.fail(InvocationException.unreachable(call + " broke off on the way to the service", cause));
        }

        @Override
        public void cancelled() {
            release();
            pending.fail(InvocationException.unreachable(call + " was cancelled: the invoker is closed", null));
        }

        private boolean release() {
            inFlight.release();
            return calls.close(nonce);
        }
    }
}
