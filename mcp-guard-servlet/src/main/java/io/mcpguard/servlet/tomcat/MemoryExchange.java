package io.mcpguard.servlet.tomcat;

import io.mcpguard.core.inner.InnerRequest;
import io.mcpguard.invocation.HttpField;
import io.mcpguard.invocation.OperationResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.coyote.InputBuffer;
import org.apache.coyote.OutputBuffer;
import org.apache.coyote.Response;
import org.apache.tomcat.util.buf.ByteChunk;
import org.apache.tomcat.util.http.MimeHeaders;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.jspecify.annotations.Nullable;

/** Both bodies of a request in memory: what the service reads, and what it writes up to a bound. */
final class MemoryExchange implements InputBuffer, OutputBuffer {

    private final Response response;
    private final int maxBytes;
    private final Runnable cut;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final List<HttpField> fields = new ArrayList<>();
    private ByteBuffer body;
    private boolean bodyless;
    private boolean truncated;
    private volatile boolean abandoned;
    private long written;

    /**
     * Makes an exchange.
     *
     * @param response what the container writes to
     * @param body what the service may read
     * @param maxBytes how much of the answer is kept
     * @param cut told once, when the answer is larger
     */
    MemoryExchange(Response response, byte[] body, int maxBytes, Runnable cut) {
        this.response = response;
        this.body = ByteBuffer.wrap(body).asReadOnlyBuffer();
        this.maxBytes = maxBytes;
        this.cut = cut;
    }

    /** From now on the service writes to a connection that is gone. */
    void abandon() {
        abandoned = true;
    }

    boolean isRead() {
        return !body.hasRemaining();
    }

    /** Gives the service another body to read, as a login form does that goes on with the request it interrupted. */
    void replay(ByteChunk saved) {
        body = ByteBuffer.wrap(saved.getBytes(), saved.getStart(), saved.getLength());
    }

    /** Fixes status and header fields, as {@code Http11Processor.prepareResponse} does for the wire. */
    void commit(boolean head) {
        int status = response.getStatus();
        boolean empty = status < 200 || status == 204 || status == 205 || status == 304;
        bodyless = empty || head;
        if (!empty) {
            add("Content-Type", response.getContentType());
            add("Content-Language", response.getContentLanguage());
            long length = response.getContentLengthLong();
            if (length >= 0) {
                add("Content-Length", Long.toString(length));
            }
        }
        MimeHeaders headers = response.getMimeHeaders();
        for (int i = 0; i < headers.size(); i++) {
            add(headers.getName(i).toString(), headers.getValue(i).toString());
        }
    }

    OperationResult result() {
        return new OperationResult(response.getStatus(), fields, kept.toByteArray(), truncated);
    }

    private void add(String name, @Nullable String value) {
        if (value != null) {
            InnerRequest.received(name, value).ifPresent(fields::add);
        }
    }

    @Override
    public int doRead(ApplicationBufferHandler handler) {
        int count = body.remaining();
        if (count == 0) {
            return -1;
        }
        handler.setByteBuffer(body.slice());
        body.position(body.limit());
        return count;
    }

    @Override
    public int available() {
        return body.remaining();
    }

    @Override
    public int doWrite(ByteBuffer chunk) throws IOException {
        if (!response.isCommitted()) {
            response.action(org.apache.coyote.ActionCode.COMMIT, null);
        }
        if (abandoned) {
            throw new IOException("nobody waits for this answer any more");
        }
        int size = chunk.remaining();
        written += size;
        if (bodyless) {
            chunk.position(chunk.limit());
            return size;
        }
        int room = Math.min(size, maxBytes - kept.size());
        byte[] bytes = new byte[room];
        chunk.get(bytes);
        kept.write(bytes, 0, room);
        if (chunk.hasRemaining()) {
            truncated = true;
            abandoned = true;
            cut.run();
            throw new IOException("the response is larger than " + maxBytes + " bytes");
        }
        return size;
    }

    @Override
    public long getBytesWritten() {
        return written;
    }
}
