package io.mcpguard.servlet.entry;

import io.mcpguard.core.protocol.EventStream;
import io.mcpguard.core.protocol.McpRequest;
import io.mcpguard.core.protocol.McpResponse;
import io.mcpguard.credential.AuthContext;
import io.mcpguard.credential.Principal;
import io.mcpguard.decision.Reason;
import io.mcpguard.servlet.exchange.RequestReader;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request of the MCP endpoint from its first byte to the last of its answer. No thread waits for the client, neither while
 * it sends nor while it reads, nor for the service. What is there at once and short is answered on the spot, which costs half.
 *
 * <p>A client that hangs up is noticed when something is written to it. While a plain answer is being made nothing is, and no
 * container looks: the call goes on and is recorded. A client that cancels by hanging up is heard on a stream, where comments
 * are written while nothing happens.
 */
final class McpExchange implements AsyncListener, Exchange, BodyReading.Received {

    private static final Logger LOG = LoggerFactory.getLogger(McpExchange.class);
    private static final byte[] NOTHING = {};

    /** An answer of so many bytes fits into what every system buffers for a connection. */
    private static final int MAX_AT_ONCE = 8192;

    private final McpServing serving;
    private final McpEntry entry;
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final Optional<Principal> host;
    private @Nullable AsyncContext async;
    private final AtomicBoolean handed = new AtomicBoolean();
    private final AtomicBoolean answered = new AtomicBoolean();
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile Runnable stopClock = () -> {};
    private volatile @Nullable AnswerSending sending;

    McpExchange(
            McpServing serving,
            McpEntry entry,
            HttpServletRequest request,
            HttpServletResponse response,
            AuthContext host) {
        this.serving = serving;
        this.entry = entry;
        this.request = request;
        this.response = response;
        // Asked now: the service's security context does not follow to the threads that read and write.
        this.host = host.principal();
    }

    void begin() throws IOException {
        if (!"POST".equals(request.getMethod())) {
            whole(NOTHING);
            return;
        }
        if (request.getContentLengthLong() > serving.limits().maxBodyBytes()) {
            tooLarge();
            return;
        }
        BodyReading reading =
                new BodyReading(request.getInputStream(), serving.limits().maxBodyBytes(), this);
        byte[] atHand = reading.atHand(request.getContentLength());
        if (atHand != null) {
            whole(atHand);
            return;
        }
        goOnLater();
        reading.begin();
    }

    /** Lets go of the container's thread. What is short and there at once is answered without. */
    private void goOnLater() {
        AsyncContext begun = request.startAsync(request, response);
        async = begun;
        // The container's own timeout cannot be lifted any more when the answer turns out to be a stream (Servlet 6.0,
        // AsyncContext.setTimeout), so that the time is kept here.
        begun.setTimeout(0);
        begun.addListener(this);
        stopClock = serving.limit(this::timeIsUp);
    }

    private McpRequest received(byte[] bytes) {
        return new McpRequest(
                request.getMethod(),
                entry.headers(),
                bytes,
                RequestReader.origin(request),
                () -> host,
                entry.facts().presentation(),
                Optional.of(entry.recognition()));
    }

    @Override
    public void whole(byte[] body) {
        if (handed.compareAndSet(false, true)) {
            CompletionStage<McpResponse> answer = serving.endpoint().handle(received(body));
            if (async == null && !isShortAndReady(answer.toCompletableFuture())) {
                goOnLater();
            }
            answer.whenComplete((ready, failure) -> send(ready));
        }
    }

    private static boolean isShortAndReady(CompletableFuture<McpResponse> answer) {
        if (!answer.isDone() || answer.isCompletedExceptionally()) {
            return false;
        }
        McpResponse ready = answer.join();
        return ready.stream().isEmpty() && ready.body().length <= MAX_AT_ONCE;
    }

    @Override
    public void tooLarge() {
        refuse(Reason.REQUEST_TOO_LARGE);
    }

    private void refuse(Reason reason) {
        if (handed.compareAndSet(false, true)) {
            send(serving.endpoint().refuse(received(NOTHING), reason));
        }
    }

    private void send(@Nullable McpResponse ready) {
        if (over.get() || !answered.compareAndSet(false, true)) {
            abandon(ready);
            return;
        }
        try {
            if (ready == null) {
                response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
                complete();
                return;
            }
            if (ready.stream().isPresent()) {
                // How long it lasts is its own affair.
                stopClock.run();
            }
            AnswerHead.write(ready, response);
            if (async == null) {
                response.getOutputStream().write(ready.body());
                complete();
            } else {
                body(ready);
            }
        } catch (IOException | RuntimeException e) {
            abandon(ready);
            lost(e);
        }
    }

    private void body(McpResponse ready) throws IOException {
        ServletOutputStream out = response.getOutputStream();
        try {
            if (ready.stream().isPresent()) {
                StreamedAnswer streamed = new StreamedAnswer(ready.stream().get(), out, this);
                begun(streamed);
                out.setWriteListener(streamed);
            } else {
                WholeAnswer whole = new WholeAnswer(ready.body(), out, this);
                begun(whole);
                out.setWriteListener(whole);
            }
        } catch (UnsupportedOperationException e) {
            block(ready, out);
        }
    }

    /** A filter of the service has put a stream of its own in between, which can only block. */
    private void block(McpResponse ready, ServletOutputStream out) throws IOException {
        BlockingAnswer blocking = new BlockingAnswer(ready, out, this);
        try {
            begun(blocking);
            serving.blocking().execute(blocking);
        } catch (RejectedExecutionException e) {
            LOG.warn(
                    "{} answers are on their way through filters that can only block; an MCP request is refused",
                    McpServing.BLOCKING);
            abandon(ready);
            McpResponse refusal = serving.endpoint().refuse(received(NOTHING), Reason.GUARD_UNAVAILABLE);
            AnswerHead.write(refusal, response);
            out.write(refusal.body());
            complete();
        }
    }

    private void begun(AnswerSending begun) {
        sending = begun;
        if (over.get()) {
            begun.gone();
        }
    }

    private static void abandon(@Nullable McpResponse ready) {
        if (ready != null) {
            ready.stream().ifPresent(EventStream::abandon);
        }
    }

    @Override
    public void lost(Throwable failure) {
        // What has reached the service goes on and is recorded.
        LOG.debug("An MCP client went away, while it sent or while it read", failure);
        if (handed.compareAndSet(false, true)) {
            serving.endpoint().refuse(received(NOTHING), Reason.REQUEST_MALFORMED);
        }
        complete();
    }

    @Override
    public void complete() {
        if (over.compareAndSet(false, true)) {
            stopClock.run();
            AsyncContext begun = async;
            if (begun == null) {
                return;
            }
            try {
                begun.complete();
            } catch (IllegalStateException e) {
                LOG.debug("The container had ended the request already", e);
            }
        }
    }

    private void timeIsUp() {
        if (!handed.get()) {
            // The body never came.
            refuse(Reason.REQUEST_MALFORMED);
            return;
        }
        if (answered.compareAndSet(false, true)) {
            response.setStatus(HttpServletResponse.SC_GATEWAY_TIMEOUT);
        }
        complete();
    }

    /** The container has ended the exchange, with or without us. */
    private void ended() {
        over.set(true);
        stopClock.run();
        AnswerSending begun = sending;
        if (begun != null) {
            begun.gone();
        }
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        // Ours is the only one, unless a filter of the service has set another.
        ended();
        event.getAsyncContext().complete();
    }

    @Override
    public void onError(AsyncEvent event) {
        ended();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        ended();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // The request is not dispatched again.
    }
}
