package io.mcpguard.loopback;

import io.mcpguard.core.inner.InnerRequest;
import io.mcpguard.error.InvocationException;
import io.mcpguard.invocation.HttpField;
import io.mcpguard.invocation.OperationResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** Collects a response up to a bound. Past the bound it answers with what it has and breaks the connection off. */
final class BoundedResponse implements AsyncResponseConsumer<OperationResult> {

    private final int maxBytes;
    private final Consumer<OperationResult> cut;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final List<HttpField> fields = new ArrayList<>();
    private int status;
    private @Nullable FutureCallback<OperationResult> callback;

    BoundedResponse(int maxBytes, Consumer<OperationResult> cut) {
        this.maxBytes = maxBytes;
        this.cut = cut;
    }

    @Override
    public void consumeResponse(
            HttpResponse response,
            @Nullable EntityDetails entity,
            HttpContext context,
            FutureCallback<OperationResult> resultCallback) {
        status = response.getCode();
        if (status > 599) {
            throw InvocationException.unreachable("the service answered with the status " + status, null);
        }
        for (Header header : response.getHeaders()) {
            String value = header.getValue();
            InnerRequest.received(header.getName(), value == null ? "" : value).ifPresent(fields::add);
        }
        callback = resultCallback;
        if (entity == null) {
            resultCallback.completed(result(false));
        }
    }

    @Override
    public void informationResponse(HttpResponse response, HttpContext context) {
        // 100 and 103 are not answers.
    }

    @Override
    public void updateCapacity(CapacityChannel channel) throws IOException {
        channel.update(Integer.MAX_VALUE);
    }

    @Override
    public void consume(ByteBuffer source) throws IOException {
        int kept = Math.min(source.remaining(), maxBytes - body.size());
        byte[] bytes = new byte[kept];
        source.get(bytes);
        body.write(bytes, 0, kept);
        if (source.hasRemaining()) {
            cut.accept(result(true));
            throw new IOException("the response is larger than " + maxBytes + " bytes");
        }
    }

    @Override
    public void streamEnd(@Nullable List<? extends Header> trailers) {
        FutureCallback<OperationResult> waiting = callback;
        if (waiting != null) {
            waiting.completed(result(false));
        }
    }

    @Override
    public void failed(Exception cause) {
        // The client tells its own callback.
    }

    @Override
    public void releaseResources() {
        // Nothing but memory is held.
    }

    private OperationResult result(boolean truncated) {
        return new OperationResult(status, fields, body.toByteArray(), truncated);
    }
}
