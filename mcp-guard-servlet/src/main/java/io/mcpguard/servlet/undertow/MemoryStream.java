package io.mcpguard.servlet.undertow;

import io.mcpguard.servlet.reentry.MemoryWire;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import org.xnio.StreamConnection;
import org.xnio.XnioIoThread;

/** A connection of Undertow that has no socket: holds one request, and takes its answer. */
final class MemoryStream extends StreamConnection {

    private final MemoryWire wire;
    private final AnswerConduit answer;
    private final AtomicBoolean closed = new AtomicBoolean();

    MemoryStream(XnioIoThread thread, MemoryWire wire) {
        super(thread);
        this.wire = wire;
        setSourceConduit(new RequestConduit(thread, wire.request(), this::sourceClosed));
        this.answer = new AnswerConduit(thread, wire, this::sinkClosed);
        setSinkConduit(answer);
    }

    private void sourceClosed() {
        readClosed();
    }

    private void sinkClosed() {
        writeClosed();
    }

    @Override
    protected void closeAction() {
        if (closed.compareAndSet(false, true)) {
            boolean orderly = answer.isWriteShutdown();
            readClosed();
            writeClosed();
            wire.closed(orderly);
        }
    }

    @Override
    public SocketAddress getPeerAddress() {
        return wire.remote();
    }

    @Override
    public SocketAddress getLocalAddress() {
        return wire.local();
    }
}
