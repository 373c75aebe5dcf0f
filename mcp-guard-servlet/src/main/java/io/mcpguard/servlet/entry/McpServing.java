package io.mcpguard.servlet.entry;

import io.mcpguard.core.inner.InnerThreads;
import io.mcpguard.core.protocol.McpEndpoint;
import io.mcpguard.core.protocol.McpRequest;
import io.mcpguard.core.protocol.McpResponse;
import io.mcpguard.credential.AuthContext;
import io.mcpguard.decision.Reason;
import io.mcpguard.servlet.exchange.RequestReader;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves requests of the MCP endpoint on a servlet container.
 *
 * <p>No thread waits for a client. Only where a filter of the service puts a stream of its own between, one that can only block,
 * a thread of this object's writes, and at most {@value #BLOCKING} of them at a time.
 *
 * @since 0.1
 */
public final class McpServing implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(McpServing.class);

    /** Answers at a time through filters that can only block. */
    static final int BLOCKING = 64;

    private final McpAnswering endpoint;
    private final McpLimits limits;
    private final ExecutorService blocking = blockingThreads();
    private final ScheduledExecutorService deadlines = InnerThreads.scheduler("mcp-guard-endpoint-deadline");

    /**
     * Starts serving.
     *
     * @param endpoint answers
     * @param limits how much one request may take
     */
    public McpServing(McpEndpoint endpoint, McpLimits limits) {
        this(
                new McpAnswering() {
                    @Override
                    public CompletionStage<McpResponse> handle(McpRequest request) {
                        return endpoint.handle(request);
                    }

                    @Override
                    public McpResponse refuse(McpRequest request, Reason reason) {
                        return endpoint.refuse(request, reason);
                    }
                },
                limits);
    }

    McpServing(McpAnswering endpoint, McpLimits limits) {
        this.endpoint = endpoint;
        this.limits = limits;
    }

    private static ExecutorService blockingThreads() {
        AtomicInteger count = new AtomicInteger();
        return new ThreadPoolExecutor(0, BLOCKING, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(task, "mcp-guard-answer-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    McpAnswering endpoint() {
        return endpoint;
    }

    McpLimits limits() {
        return limits;
    }

    /** Threads that may block on a client; refuses when all of them do. */
    Executor blocking() {
        return blocking;
    }

    /**
     * Keeps the time of a request.
     *
     * @param late run when the time is over, on a thread that may block
     * @return stops the clock
     */
    Runnable limit(Runnable late) {
        try {
            // Not on the one thread that keeps the time of all.
            ScheduledFuture<?> clock = deadlines.schedule(
                    () -> ForkJoinPool.commonPool().execute(late),
                    limits.timeout().toMillis(),
                    TimeUnit.MILLISECONDS);
            return () -> clock.cancel(false);
        } catch (RejectedExecutionException e) {
            LOG.debug("The service is stopping; the container ends what is still open", e);
            return () -> {};
        }
    }

    /** Serves a request; returns before there is an answer. */
    void serve(McpEntry entry, HttpServletRequest request, HttpServletResponse response, AuthContext host)
            throws IOException {
        if (request.isAsyncSupported()) {
            new McpExchange(this, entry, request, response, host).begin();
            return;
        }
        LOG.error("A filter or servlet in front of the MCP endpoint does not support asynchronous requests; set"
                + " async-supported for it. MCP requests are refused until then.");
        McpResponse refusal = endpoint.refuse(
                new McpRequest(
                        request.getMethod(),
                        entry.headers(),
                        new byte[0],
                        RequestReader.origin(request),
                        AuthContext.none()),
                Reason.GUARD_UNAVAILABLE);
        AnswerHead.write(refusal, response);
        response.getOutputStream().write(refusal.body());
    }

    /** Ends answers that are being written through filters that can only block; time no longer ends. */
    @Override
    public void close() {
        blocking.shutdownNow();
        deadlines.shutdownNow();
    }
}
