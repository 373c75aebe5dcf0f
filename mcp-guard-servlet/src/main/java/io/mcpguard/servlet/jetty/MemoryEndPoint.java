package io.mcpguard.servlet.jetty;

import io.mcpguard.invocation.CallOrigin;
import io.mcpguard.servlet.reentry.InnerExchange;
import io.mcpguard.servlet.reentry.MemoryWire;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import org.eclipse.jetty.io.ByteArrayEndPoint;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.jspecify.annotations.Nullable;

/** The end of a connection that has no socket: holds one request, and takes its answer. */
final class MemoryEndPoint extends ByteArrayEndPoint {

    /** The deadline of the call ends it, not its idleness. */
    private static final long NEVER_IDLE = -1;

    /** The session of an engine that never shook hands: Jetty asks it for attributes and finds none. */
    private static final SSLSession NO_SESSION = emptySession();

    private final Connector connector;
    private final InnerExchange exchange;
    private final MemoryWire wire;
    private final AtomicBoolean hungUp = new AtomicBoolean();

    MemoryEndPoint(Connector connector, InnerExchange exchange) {
        super(connector.getScheduler(), NEVER_IDLE);
        this.connector = connector;
        this.exchange = exchange;
        this.wire = new MemoryWire(exchange);
    }

    private static SSLSession emptySession() {
        try {
            return SSLContext.getDefault().createSSLEngine().getSession();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has TLS", e);
        }
    }

    /** Opens the connection; its first read, and with it the request, is on a thread of the invoker. */
    void start() {
        addInput(wire.request());
        Connection connection =
                connector.getConnectionFactory(HttpConnectionFactory.class).newConnection(connector, this);
        setConnection(connection);
        onOpen();
        connection.onOpen();
    }

    void abandon() {
        wire.abandon();
    }

    @Override
    protected void execute(Runnable task) {
        try {
            exchange.threads().execute(task);
        } catch (RejectedExecutionException e) {
            close(e);
        }
    }

    @Override
    public boolean flush(ByteBuffer... buffers) throws IOException {
        if (!isOpen() || isOutputShutdown()) {
            throw new EofException("this connection is closed");
        }
        for (ByteBuffer buffer : buffers) {
            try {
                if (wire.write(buffer)) {
                    hangUp();
                }
            } catch (IOException e) {
                throw new EofException(e);
            }
        }
        return true;
    }

    @Override
    public void doShutdownOutput() {
        super.doShutdownOutput();
        hangUp();
    }

    /** The client has nothing more to say. Said twice, it would fail in the midst of what Jetty does to close. */
    private void hangUp() {
        if (hungUp.compareAndSet(false, true)) {
            addInputEOF();
        }
    }

    @Override
    public void onClose(@Nullable Throwable cause) {
        super.onClose(cause);
        wire.closed(cause == null);
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return wire.remote();
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        return wire.local();
    }

    @Override
    public @Nullable SslSessionData getSslSessionData() {
        CallOrigin origin = exchange.call().origin();
        X509Certificate[] chain = origin.clientCertificates().toArray(X509Certificate[]::new);
        // Of the cipher of the caller's own connection nothing is known.
        return origin.secure() ? SslSessionData.from(NO_SESSION, null, "", chain.length == 0 ? null : chain) : null;
    }
}
