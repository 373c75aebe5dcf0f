package io.mcpguard.servlet.undertow;

import io.mcpguard.invocation.CallOrigin;
import io.mcpguard.servlet.reentry.Container;
import io.mcpguard.servlet.reentry.InnerExchange;
import io.mcpguard.servlet.reentry.MemoryWire;
import io.undertow.UndertowOptions;
import io.undertow.connector.ByteBufferPool;
import io.undertow.server.BasicSSLSessionInfo;
import io.undertow.server.ConnectorStatisticsImpl;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpOpenListener;
import io.undertow.server.protocol.http.HttpServerConnection;
import java.lang.reflect.Field;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.xnio.OptionMap;
import org.xnio.XnioIoThread;

/** Opens connections in memory with the handlers, the settings and the counters of one listener of the server. */
final class Listener implements Container.Entrance {

    private final XnioIoThread ioThread;
    private final ByteBufferPool buffers;
    private final OptionMap options;
    private final HttpHandler root;
    private final @Nullable ConnectorStatisticsImpl statistics;

    Listener(HttpServerConnection seen) {
        this.ioThread = seen.getIoThread();
        this.buffers = seen.getByteBufferPool();
        this.options = seen.getUndertowOptions();
        this.root = seen.getRootHandler();
        this.statistics = options.get(UndertowOptions.ENABLE_STATISTICS, false) ? counters(seen) : null;
    }

    /** Says whether a connection is of the same run of the server: one that was started again has other threads. */
    boolean isOfServerOf(HttpServerConnection connection) {
        return ioThread.getWorker().equals(connection.getIoThread().getWorker());
    }

    @Override
    public Runnable enter(InnerExchange exchange) {
        MemoryWire wire = new MemoryWire(exchange);
        MemoryStream stream = new MemoryStream(ioThread, wire);
        HttpOpenListener opening = new HttpOpenListener(buffers, options);
        opening.setRootHandler(request -> serve(exchange, request));
        // Begun where a socket's request begins; whatever blocks is dispatched from there.
        ioThread.execute(() -> opening.handleEvent(stream));
        return wire::abandon;
    }

    @Override
    public OptionalLong served() {
        return statistics == null ? OptionalLong.empty() : OptionalLong.of(statistics.getRequestCount());
    }

    private void serve(InnerExchange exchange, HttpServerExchange request) throws Exception {
        CallOrigin origin = exchange.call().origin();
        request.setDispatchExecutor(exchange.threads());
        request.setRequestScheme(origin.scheme());
        if (origin.secure()) {
            ((HttpServerConnection) request.getConnection()).setSslSessionInfo(shown(origin));
        }
        if (statistics != null) {
            statistics.setup(request);
        }
        root.handleRequest(request);
    }

    /** The counters of a listener; no public way leads to them from one of its connections. */
    private static ConnectorStatisticsImpl counters(HttpServerConnection seen) {
        try {
            Field reading = HttpServerConnection.class.getDeclaredField("readListener");
            reading.setAccessible(true);
            Object listener = reading.get(seen);
            Field counting = listener.getClass().getDeclaredField("connectorStatistics");
            counting.setAccessible(true);
            return (ConnectorStatisticsImpl) counting.get(listener);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the counters of this listener cannot be reached", e);
        }
    }

    /** What the caller has shown of itself; of its own connection's cipher nothing is known. */
    private static BasicSSLSessionInfo shown(CallOrigin origin) throws Exception {
        StringBuilder chain = new StringBuilder();
        for (X509Certificate certificate : origin.clientCertificates()) {
            chain.append("-----BEGIN CERTIFICATE-----\n")
                    .append(encoded(certificate))
                    .append("\n-----END CERTIFICATE-----\n");
        }
        return new BasicSSLSessionInfo((byte[]) null, "", chain.isEmpty() ? null : chain.toString());
    }

    private static String encoded(X509Certificate certificate) throws CertificateEncodingException {
        return Base64.getMimeEncoder().encodeToString(certificate.getEncoded());
    }
}
