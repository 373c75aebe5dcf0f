package io.mcpguard.servlet.entry;

import io.mcpguard.core.protocol.McpEndpoint;
import io.mcpguard.core.protocol.McpRequest;
import io.mcpguard.core.protocol.McpResponse;
import io.mcpguard.credential.AuthContext;
import io.mcpguard.credential.Principal;
import io.mcpguard.decision.Reason;
import io.mcpguard.servlet.exchange.RequestReader;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request of the MCP endpoint from its first byte to the last of its answer. No thread waits for the client, neither while
 * it sends nor while it reads, nor for the service.
 */
final class McpExchange implements ReadListener, WriteListener, AsyncListener {

    private static final Logger LOG = LoggerFactory.getLogger(McpExchange.class);
    private static final int CHUNK = 8192;

    private final McpEndpoint endpoint;
    private final McpLimits limits;
    private final McpEntry entry;
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final Optional<Principal> host;
    private final AsyncContext async;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final AtomicBoolean handed = new AtomicBoolean();
    private final AtomicBoolean over = new AtomicBoolean();
    private @Nullable ServletInputStream in;
    private @Nullable ServletOutputStream out;
    private byte[] answer = {};
    private int sent;

    private McpExchange(
            McpEndpoint endpoint,
            McpLimits limits,
            McpEntry entry,
            HttpServletRequest request,
            HttpServletResponse response,
            AuthContext host) {
        this.endpoint = endpoint;
        this.limits = limits;
        this.entry = entry;
        this.request = request;
        this.response = response;
        // Asked now: the service's security context does not follow to the threads that read and write.
        this.host = host.principal();
        this.async = request.startAsync(request, response);
    }

    /** Serves a request; returns before there is an answer. */
    static void serve(
            McpEndpoint endpoint,
            McpLimits limits,
            McpEntry entry,
            HttpServletRequest request,
            HttpServletResponse response,
            AuthContext host)
            throws IOException {
        if (!request.isAsyncSupported()) {
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
            head(refusal, response);
            response.getOutputStream().write(refusal.body());
            return;
        }
        McpExchange exchange = new McpExchange(endpoint, limits, entry, request, response, host);
        exchange.async.setTimeout(limits.timeout().toMillis());
        exchange.async.addListener(exchange);
        exchange.read();
    }

    private McpRequest received(byte[] bytes) {
        return new McpRequest(
                request.getMethod(),
                entry.headers(),
                bytes,
                RequestReader.origin(request),
                () -> host,
                entry.identified());
    }

    private void read() throws IOException {
        if (!"POST".equals(request.getMethod())) {
            hand();
            return;
        }
        if (request.getContentLengthLong() > limits.maxBodyBytes()) {
            refuse(Reason.REQUEST_TOO_LARGE);
            return;
        }
        ServletInputStream stream = request.getInputStream();
        in = stream;
        try {
            stream.setReadListener(this);
        } catch (UnsupportedOperationException e) {
            // A filter of the service has put a stream of its own in between, which can only block.
            body.write(stream.readNBytes(limits.maxBodyBytes() + 1));
            onAllDataRead();
        }
    }

    @Override
    public void onDataAvailable() throws IOException {
        ServletInputStream stream = in;
        byte[] buffer = new byte[CHUNK];
        while (stream != null && stream.isReady() && !stream.isFinished()) {
            int count = stream.read(buffer);
            if (count > 0 && body.size() <= limits.maxBodyBytes()) {
                body.write(buffer, 0, count);
            }
            if (body.size() > limits.maxBodyBytes()) {
                refuse(Reason.REQUEST_TOO_LARGE);
                return;
            }
        }
    }

    @Override
    public void onAllDataRead() {
        if (body.size() > limits.maxBodyBytes()) {
            refuse(Reason.REQUEST_TOO_LARGE);
        } else {
            hand();
        }
    }

    private void hand() {
        if (handed.compareAndSet(false, true)) {
            endpoint.handle(received(body.toByteArray())).whenComplete((ready, failure) -> send(ready));
        }
    }

    private void refuse(Reason reason) {
        if (handed.compareAndSet(false, true)) {
            send(endpoint.refuse(received(new byte[0]), reason));
        }
    }

    private void send(@Nullable McpResponse ready) {
        if (over.get()) {
            return;
        }
        try {
            if (ready == null) {
                response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
                complete();
                return;
            }
            head(ready, response);
            answer = ready.body();
            ServletOutputStream stream = response.getOutputStream();
            out = stream;
            try {
                stream.setWriteListener(this);
            } catch (UnsupportedOperationException e) {
                stream.write(answer);
                complete();
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("An MCP client went away before its answer", e);
            complete();
        }
    }

    private static void head(McpResponse ready, HttpServletResponse response) {
        response.setStatus(ready.status());
        ready.headers().forEach(field -> response.addHeader(field.name(), field.value()));
        response.setContentLength(ready.body().length);
    }

    @Override
    public void onWritePossible() throws IOException {
        ServletOutputStream stream = out;
        while (stream != null && stream.isReady()) {
            if (sent == answer.length) {
                complete();
                return;
            }
            int length = Math.min(CHUNK, answer.length - sent);
            stream.write(answer, sent, length);
            sent += length;
        }
    }

    /** The client is gone, while it sent or while it read. What has reached the service goes on and is recorded. */
    @Override
    public void onError(Throwable failure) {
        LOG.debug("An MCP client went away", failure);
        if (handed.compareAndSet(false, true)) {
            endpoint.refuse(received(new byte[0]), Reason.REQUEST_MALFORMED);
        }
        complete();
    }

    private void complete() {
        if (over.compareAndSet(false, true)) {
            try {
                async.complete();
            } catch (IllegalStateException e) {
                LOG.debug("The container had ended the request already", e);
            }
        }
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        if (handed.compareAndSet(false, true)) {
            // The body never came.
            send(endpoint.refuse(received(new byte[0]), Reason.REQUEST_MALFORMED));
        } else if (over.compareAndSet(false, true)) {
            if (!response.isCommitted()) {
                response.setStatus(HttpServletResponse.SC_GATEWAY_TIMEOUT);
            }
            event.getAsyncContext().complete();
        }
    }

    @Override
    public void onError(AsyncEvent event) {
        over.set(true);
    }

    @Override
    public void onComplete(AsyncEvent event) {
        over.set(true);
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // The request is not dispatched again.
    }
}
