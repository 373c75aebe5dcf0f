package io.mcpguard.servlet.tomcat;

import io.mcpguard.core.guard.LoggedFault;
import io.mcpguard.core.inner.InnerRequest;
import io.mcpguard.invocation.CallOrigin;
import io.mcpguard.invocation.HttpField;
import io.mcpguard.invocation.OperationCall;
import io.mcpguard.servlet.reentry.InnerExchange;
import jakarta.servlet.ServletConnection;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.catalina.util.ServerInfo;
import org.apache.coyote.AbstractProcessor;
import org.apache.coyote.AbstractProtocol;
import org.apache.coyote.ActionCode;
import org.apache.coyote.ContinueResponseTiming;
import org.apache.coyote.ErrorState;
import org.apache.coyote.RequestGroupInfo;
import org.apache.coyote.RequestInfo;
import org.apache.juli.logging.Log;
import org.apache.juli.logging.LogFactory;
import org.apache.tomcat.util.buf.ByteChunk;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.DispatchType;
import org.apache.tomcat.util.net.SSLSupport;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * One request without a socket, for the adapter of a connector. Does what Tomcat's own {@code StreamProcessor} does for one
 * stream of HTTP/2.
 */
final class MemoryProcessor extends AbstractProcessor {

    private static final Log LOG = LogFactory.getLog(MemoryProcessor.class);

    /** The parser of Tomcat 10.1 turns header names into lower case, that of 11 keeps them as sent. */
    private static final boolean LOWER_CASE_NAMES = ServerInfo.getServerNumber().startsWith("10.");

    private final AbstractProtocol<?> protocol;
    private final OperationCall call;
    private final InnerExchange inner;
    private final MemoryExchange exchange;
    /** Events of one request are worked off one at a time, as a socket does it. */
    private final ReentrantLock lock = new ReentrantLock();

    private boolean over;

    MemoryProcessor(AbstractProtocol<?> protocol, InnerExchange inner, List<HttpField> fields) {
        super(protocol.getAdapter());
        this.protocol = protocol;
        this.call = inner.call();
        this.inner = inner;
        this.exchange = new MemoryExchange(response, call.body(), call.maxResponseBytes(), this::giveCut);
        request.setInputBuffer(exchange);
        response.setOutputBuffer(exchange);
        fill(fields);
        if (protocol.getHandler().getGlobal() instanceof RequestGroupInfo global) {
            request.getRequestProcessor().setGlobalProcessor(global);
        }
    }

    private void fill(List<HttpField> fields) {
        CallOrigin origin = call.origin();
        request.markStartTime();
        request.setMethod(call.method());
        byte[] path = call.rawPath().getBytes(StandardCharsets.ISO_8859_1);
        request.requestURI().setBytes(path, 0, path.length);
        call.rawQuery().ifPresent(query -> {
            byte[] bytes = query.getBytes(StandardCharsets.ISO_8859_1);
            request.queryString().setBytes(bytes, 0, bytes.length);
        });
        request.protocol().setString("HTTP/1.1");
        request.scheme().setString(origin.scheme());
        request.serverName().setString(origin.serverName());
        request.setServerPort(origin.serverPort());
        request.remoteAddr().setString(origin.remoteAddress());
        request.peerAddr().setString(origin.remoteAddress());
        request.remoteHost().setString(origin.remoteAddress());
        request.setRemotePort(origin.remotePort());
        request.localAddr().setString(origin.localAddress());
        request.localName().setString(origin.localAddress());
        request.setLocalPort(origin.localPort());
        add("Host", InnerRequest.host(origin));
        if (InnerRequest.hasLength(call)) {
            add("Content-Length", Integer.toString(call.body().length));
            request.setContentLength(call.body().length);
        } else {
            // As the parser leaves a request without a body: nothing to wait for.
            request.setContentLength(-1);
        }
        for (HttpField field : fields) {
            add(field.name(), field.value());
        }
    }

    private void add(String name, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
        byte[] nameBytes =
                (LOWER_CASE_NAMES ? name.toLowerCase(Locale.ROOT) : name).getBytes(StandardCharsets.ISO_8859_1);
        request.getMimeHeaders().addValue(nameBytes, 0, nameBytes.length).setBytes(bytes, 0, bytes.length);
    }

    /** Begins the request on a thread of the invoker. */
    void start() {
        processSocketEvent(SocketEvent.OPEN_READ, true);
    }

    /** Nobody waits any more: what the service still writes fails, as on a closed connection. */
    void abandon() {
        exchange.abandon();
    }

    private void giveCut() {
        inner.give(exchange.result());
    }

    @Override
    protected void processSocketEvent(SocketEvent event, boolean dispatch) {
        inner.threads().execute(() -> run(event));
    }

    private void run(SocketEvent event) {
        SocketState state;
        lock.lock();
        try {
            if (over) {
                return;
            }
            try {
                state = process(null, event);
            } catch (Exception e) {
                LOG.debug("an inner request broke off", LoggedFault.of(e));
                setErrorState(ErrorState.CLOSE_CONNECTION_NOW, e);
                state = SocketState.CLOSED;
            }
            if (state == SocketState.LONG) {
                protocol.addWaitingProcessor(this);
            } else {
                over = true;
                protocol.removeWaitingProcessor(this);
            }
        } finally {
            lock.unlock();
        }
        if (state != SocketState.LONG) {
            end();
        }
    }

    private void end() {
        RequestInfo info = request.getRequestProcessor();
        RequestGroupInfo global = info.getGlobalProcessor();
        if (global != null) {
            global.removeRequestProcessor(info);
        }
        inner.end();
        int status = response.getStatus();
        if (!getErrorState().isIoAllowed() || !response.isCommitted()) {
            inner.breakOff("was broken off by the service after the status " + status);
        } else if (status < 200 || status > 599) {
            inner.breakOff("was answered with the status " + status);
        } else {
            inner.giveHere(exchange.result());
        }
    }

    @Override
    protected SocketState service(@Nullable SocketWrapperBase<?> socket) {
        if (response.isCommitted()) {
            return SocketState.CLOSED;
        }
        RequestInfo info = request.getRequestProcessor();
        info.setStage(org.apache.coyote.Constants.STAGE_SERVICE);
        try {
            adapter.service(request, response);
        } catch (Exception e) {
            LOG.debug("the adapter failed on an inner request", LoggedFault.of(e));
            response.setStatus(500);
            setErrorState(ErrorState.CLOSE_CLEAN, e);
        }
        if (!getErrorState().isError() && isAsync()) {
            return SocketState.LONG;
        }
        finish();
        return SocketState.CLOSED;
    }

    @Override
    protected SocketState dispatchEndRequest() {
        finish();
        return SocketState.CLOSED;
    }

    private void finish() {
        action(ActionCode.CLOSE, null);
        request.updateCounters();
        request.getRequestProcessor().setStage(org.apache.coyote.Constants.STAGE_ENDED);
    }

    @Override
    protected void prepareResponse() {
        response.setCommitted(true);
        exchange.commit("HEAD".equals(call.method()));
    }

    @Override
    protected void executeDispatches() {
        Iterator<DispatchType> dispatches = getIteratorAndClearDispatches();
        while (dispatches != null && dispatches.hasNext()) {
            processSocketEvent(dispatches.next().getSocketStatus(), true);
        }
    }

    @Override
    protected void populateSslRequestAttributes() {
        List<X509Certificate> chain = call.origin().clientCertificates();
        if (!chain.isEmpty()) {
            request.setAttribute(SSLSupport.CERTIFICATE_KEY, chain.toArray(X509Certificate[]::new));
        }
    }

    @Override
    protected boolean getPopulateRequestAttributesFromSocket() {
        return false;
    }

    @Override
    protected void setRequestBody(ByteChunk body) {
        exchange.replay(body);
    }

    @Override
    protected int available(boolean doRead) {
        return exchange.available();
    }

    @Override
    protected boolean isRequestBodyFullyRead() {
        return exchange.isRead();
    }

    @Override
    protected void registerReadInterest() {
        // The whole body is there.
    }

    @Override
    protected boolean isReadyForWrite() {
        return true;
    }

    @Override
    protected boolean flushBufferedWrite() {
        return false;
    }

    @Override
    protected boolean isTrailerFieldsReady() {
        return true;
    }

    @Override
    protected ServletConnection getServletConnection() {
        return new MemoryConnection(
                call.callId().toString(), "https".equals(call.origin().scheme()));
    }

    @Override
    protected void finishResponse() {
        // Everything is in memory already.
    }

    @Override
    protected void ack(ContinueResponseTiming timing) {
        // Never asked for: Expect is not sent.
    }

    @Override
    protected void earlyHints() {
        // 103 is not an answer.
    }

    @Override
    protected void flush() {
        // Everything is in memory already.
    }

    @Override
    protected void setSwallowResponse() {
        exchange.abandon();
    }

    @Override
    protected void disableSwallowRequest() {
        // Nothing is left on a wire.
    }

    @Override
    public void recycle() {
        // Used once.
    }

    @Override
    public void pause() {
        // A request in memory ends when its thread does.
    }

    @Override
    protected Log getLog() {
        return LOG;
    }
}
