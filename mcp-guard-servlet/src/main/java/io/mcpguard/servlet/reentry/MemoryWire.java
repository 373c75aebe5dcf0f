package io.mcpguard.servlet.reentry;

import io.mcpguard.core.inner.InnerRequest;
import io.mcpguard.invocation.CallOrigin;
import io.mcpguard.invocation.HttpField;
import io.mcpguard.invocation.OperationCall;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Both directions of a connection in memory, for containers that read and write HTTP/1.1: the bytes of one request, and what
 * becomes of the bytes of its answer.
 *
 * <p>The container's own parser reads the request, so that it refuses what it refuses on a socket. Nothing that is written
 * here can be more than one request: names, values and the target hold no line ends (checked by {@link HttpField} and
 * {@link OperationCall}), and the length is counted.
 *
 * @since 0.1
 */
public final class MemoryWire {

    private final InnerExchange exchange;
    private final WireAnswer answer;
    private boolean abandoned;

    /**
     * Makes the connection of one call.
     *
     * @param exchange the call
     */
    public MemoryWire(InnerExchange exchange) {
        this.exchange = exchange;
        OperationCall call = exchange.call();
        this.answer = new WireAnswer("HEAD".equals(call.method()), call.maxResponseBytes());
    }

    /**
     * Writes the request. After it the client has nothing more to say, and the container closes the connection when it has
     * answered.
     *
     * @return the bytes, to be read
     */
    public ByteBuffer request() {
        OperationCall call = exchange.call();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512 + call.body().length);
        line(bytes, call.method() + " " + InnerRequest.target(call) + " HTTP/1.1");
        // Made as a field, since the name comes from a request.
        field(bytes, new HttpField("Host", InnerRequest.host(call.origin())));
        if (InnerRequest.hasLength(call)) {
            line(bytes, "Content-Length: " + call.body().length);
        }
        InnerRequest.fields(call, exchange.nonce()).forEach(field -> field(bytes, field));
        line(bytes, "");
        bytes.writeBytes(call.body());
        return ByteBuffer.wrap(bytes.toByteArray());
    }

    private static void field(ByteArrayOutputStream bytes, HttpField field) {
        line(bytes, field.name() + ": " + field.value());
    }

    private static void line(ByteArrayOutputStream bytes, String text) {
        bytes.writeBytes((text + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    /**
     * Returns the caller's end of the connection.
     *
     * @return address and port of the call's origin
     */
    public InetSocketAddress remote() {
        CallOrigin origin = exchange.call().origin();
        return address(origin.remoteAddress(), origin.remotePort());
    }

    /**
     * Returns the service's end of the connection.
     *
     * @return address and port that the call's origin arrived at
     */
    public InetSocketAddress local() {
        CallOrigin origin = exchange.call().origin();
        return address(origin.localAddress(), origin.localPort());
    }

    /** Never asks a name server: what is not an IP address stays the name that it is. */
    private static InetSocketAddress address(String host, int port) {
        int known = Math.max(0, port);
        boolean literal = host.indexOf(':') >= 0 || host.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
        return literal ? new InetSocketAddress(host, known) : InetSocketAddress.createUnresolved(host, known);
    }

    /**
     * Takes what the container writes.
     *
     * @param bytes some of the answer; all of it is consumed
     * @return whether the answer is complete
     * @throws IOException when nobody waits for it any more, as on a connection that the client has closed
     */
    public synchronized boolean write(ByteBuffer bytes) throws IOException {
        if (abandoned) {
            throw new IOException("nobody waits for this answer any more");
        }
        try {
            answer.take(bytes);
        } catch (IllegalArgumentException e) {
            abandoned = true;
            exchange.breakOff("was answered with something that is not HTTP: " + e.getMessage());
            throw new IOException(e);
        }
        if (answer.isCut()) {
            abandoned = true;
            exchange.give(answer.result());
            throw new IOException("the response is larger than the call may take");
        }
        if (answer.isComplete()) {
            exchange.give(answer.result());
        }
        return answer.isComplete();
    }

    /**
     * Takes note that the container has closed the connection: the request is over.
     *
     * @param orderly whether it was closed because there is no more to send, and not after a failure
     */
    public synchronized void closed(boolean orderly) {
        abandoned = true;
        if (answer.isComplete() || (orderly && answer.isCompleteWhenClosed())) {
            exchange.give(answer.result());
        } else {
            exchange.breakOff("was broken off by the service");
        }
        exchange.end();
    }

    /** From now on the container writes to a connection that is gone. */
    public synchronized void abandon() {
        abandoned = true;
    }
}
