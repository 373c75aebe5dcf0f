package io.mcpguard.jaxrs.entry;

import io.mcpguard.core.inner.InnerThreads;
import io.mcpguard.core.protocol.EventStream;
import io.mcpguard.core.protocol.McpResponse;
import io.mcpguard.decision.Reason;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a message to the endpoint and its answer back, with a thread of the server that waits or without.
 *
 * @since 0.1
 */
public final class McpAnswers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(McpAnswers.class);
    private static final int WRITERS = 64;
    private static final int STREAMS = 64;

    private final Doors doors;
    private final Duration timeout;
    private final ExecutorService writers = InnerThreads.pool("mcp-guard-answer", WRITERS);
    private final ExecutorService streams = new ThreadPoolExecutor(
            0, STREAMS, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), InnerThreads.named("mcp-guard-stream"));

    /**
     * Starts without a thread.
     *
     * @param doors what the filters share with the endpoint
     * @param timeout time from a message to the start of its answer
     */
    public McpAnswers(Doors doors, Duration timeout) {
        this.doors = doors;
        this.timeout = timeout;
    }

    /** Answers on a thread of this object's, while no thread waits. */
    void resume(AsyncResponse later, @Nullable String name, Optional<InputStream> body) throws IOException {
        CompletionStage<McpResponse> ready = handle(name, body);
        later.setTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
        later.setTimeoutHandler(late ->
                late.resume(Response.status(Response.Status.GATEWAY_TIMEOUT).build()));
        ready.thenAccept(answer -> {
            try {
                (answer.stream().isPresent() ? streams : writers).execute(() -> give(answer, later));
            } catch (RejectedExecutionException e) {
                LOG.warn("{} streams are open; one more is refused", STREAMS);
                answer.stream().ifPresent(EventStream::abandon);
                later.resume(Response.status(Response.Status.SERVICE_UNAVAILABLE)
                        .header("Retry-After", 1)
                        .build());
            }
        });
    }

    private void give(McpResponse answer, AsyncResponse later) {
        if (!later.resume(response(answer))) {
            answer.stream().ifPresent(EventStream::abandon);
        }
    }

    /** Answers on the thread that asks, which waits. */
    Response await(@Nullable String name, Optional<InputStream> body) throws IOException {
        CompletionStage<McpResponse> ready = handle(name, body);
        try {
            return response(ready.toCompletableFuture().get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            ready.thenAccept(late -> late.stream().ifPresent(EventStream::abandon));
            return Response.status(Response.Status.GATEWAY_TIMEOUT).build();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the endpoint answers whatever happens", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Response.status(Response.Status.SERVICE_UNAVAILABLE).build();
        }
    }

    private CompletionStage<McpResponse> handle(@Nullable String name, Optional<InputStream> sent) throws IOException {
        Optional<McpEntry> entry = doors.claim(name);
        if (entry.isEmpty()) {
            // Only a mistake in the wiring, or another spelling of the path, leads here. Nothing is served.
            LOG.warn("The MCP endpoint was reached past the guard's first filter, and served nothing");
            return CompletableFuture.completedStage(
                    new McpResponse(Response.Status.NOT_FOUND.getStatusCode(), List.of(), new byte[0]));
        }
        byte[] body = sent.isPresent() ? sent.get().readNBytes(doors.maxBodyBytes() + 1) : new byte[0];
        return body.length > doors.maxBodyBytes()
                ? CompletableFuture.completedStage(
                        doors.endpoint().refuse(entry.get().reach(new byte[0]), Reason.REQUEST_TOO_LARGE))
                : doors.endpoint().handle(entry.get().reach(body));
    }

    private Response response(McpResponse answer) {
        Response.ResponseBuilder response = Doors.head(answer);
        if (answer.stream().isPresent()) {
            EventStream events = answer.stream().get();
            byte[] padding = doors.streamPadding();
            StreamingOutput output = out -> stream(padding, events, out);
            response.entity(output);
        } else if (answer.body().length > 0) {
            response.entity(answer.body());
        }
        return response.build();
    }

    private static void stream(byte[] padding, EventStream events, OutputStream out) throws IOException {
        Semaphore wakes = new Semaphore(0);
        events.onReady(wakes::release);
        boolean done = false;
        try {
            out.write(padding);
            out.flush();
            while (!done) {
                byte[] next = events.poll();
                if (next != null) {
                    out.write(next);
                    out.flush();
                } else if (events.ended()) {
                    done = true;
                } else {
                    wakes.acquire();
                    wakes.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the mount is being closed");
        } finally {
            if (!done) {
                events.abandon();
            }
        }
    }

    /** Ends answers that are being written. */
    @Override
    public void close() {
        streams.shutdownNow();
        writers.shutdown();
    }
}
