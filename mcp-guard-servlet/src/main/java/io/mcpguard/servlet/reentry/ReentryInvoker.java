package io.mcpguard.servlet.reentry;

import io.mcpguard.core.inner.InnerCalls;
import io.mcpguard.core.inner.InnerThreads;
import io.mcpguard.core.inner.PendingResult;
import io.mcpguard.error.InvocationException;
import io.mcpguard.invocation.OperationCall;
import io.mcpguard.invocation.OperationInvoker;
import io.mcpguard.invocation.OperationResult;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;

/**
 * Hands a call to the connector that the caller's own request came in by, on a thread of the guard's own.
 *
 * <p>Valves or handlers, realm, filters, error pages, access log and asynchronous servlets work as on a socket, and the
 * service sees the caller's address and certificates. What the container's HTTP parser would refuse is refused with the same
 * status.
 *
 * @since 0.1
 */
public final class ReentryInvoker implements OperationInvoker {

    private final InnerCalls<?> calls;
    private final Container container;
    private final int maxInFlight;
    private final Semaphore inFlight;
    private final ThreadPoolExecutor threads;
    private final ThreadPoolExecutor replies;
    private final ScheduledThreadPoolExecutor deadlines;

    /**
     * Makes an invoker; threads are started when calls need them.
     *
     * @param calls where the nonces are kept, the same that the service's first filter asks
     * @param container the service's container
     * @param threads how many calls run at the same time
     * @param maxInFlight calls at the same time, waiting ones included; more are refused
     */
    public ReentryInvoker(InnerCalls<?> calls, Container container, int threads, int maxInFlight) {
        this.calls = calls;
        this.container = container;
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

    /**
     * Says so when the container is of a version that re-entry has not been tested on.
     *
     * @return why re-entry is not to be used, or empty when nothing speaks against it
     */
    public Optional<String> untested() {
        return container.untested();
    }

    /** Takes note of the connector by which the request of this thread came in. */
    public void meet() {
        container.meet();
    }

    /**
     * Returns how many requests the container itself has counted.
     *
     * @param localPort port of the connector
     * @return the number, or empty when it does not count
     */
    public OptionalLong served(int localPort) {
        return container.at(localPort).map(Container.Entrance::served).orElse(OptionalLong.empty());
    }

    /**
     * Returns how many calls the container has not done with yet.
     *
     * @return the number, answered ones included whose request has not ended
     */
    public int inFlight() {
        return maxInFlight - inFlight.availablePermits();
    }

    @Override
    public CompletionStage<OperationResult> invoke(OperationCall call) {
        int port = call.origin().localPort();
        Optional<Container.Entrance> entrance = container.at(port);
        if (entrance.isEmpty()) {
            return CompletableFuture.failedFuture(
                    InvocationException.unreachable("no connector of this server listens on port " + port, null));
        }
        if (!inFlight.tryAcquire()) {
            return CompletableFuture.failedFuture(
                    InvocationException.overloaded("already " + maxInFlight + " calls are in flight by re-entry"));
        }
        String nonce;
        try {
            nonce = calls.open(call);
        } catch (InvocationException e) {
            inFlight.release();
            return CompletableFuture.failedFuture(e);
        }
        PendingResult pending = new PendingResult(call, replies);
        InnerExchange exchange = new InnerExchange(call, nonce, threads, pending, () -> {
            inFlight.release();
            calls.close(nonce);
        });
        try {
            pending.limit(deadlines, entrance.get().enter(exchange));
        } catch (RuntimeException e) {
            exchange.end();
            pending.fail(InvocationException.unreachable(call + " could not be handed to the container", e));
        }
        return pending.stage();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        deadlines.shutdownNow();
        replies.shutdown();
    }
}
