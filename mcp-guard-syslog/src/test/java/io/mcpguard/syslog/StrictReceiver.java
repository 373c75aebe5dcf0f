package io.mcpguard.syslog;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A syslog receiver over TLS that takes nothing but what RFC 5425 allows, and misbehaves when told to. */
final class StrictReceiver implements AutoCloseable {

    /** What it does with a connection. */
    enum Manner {
        /** Reads to the end, then ends it too. */
        READ,
        /** Ends it in order before it has read anything. */
        LEAVE,
        /** Reads one message and resets it. */
        RESET,
        /** Reads nothing, and does nothing else, until the receiver is told otherwise. */
        STALL,
        /** Reads to the end, and does not end it. */
        HOLD
    }

    private final ServerSocket server;
    private final SSLContext context;
    private final boolean wantsCertificates;
    private final String protocol;
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final List<Exception> violations = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** Secured ones that nobody reads: collected as garbage they would close themselves. */
    private final List<SSLSocket> idle = new CopyOnWriteArrayList<>();

    private volatile Manner manner = Manner.READ;
    private final AtomicInteger connections = new AtomicInteger();

    StrictReceiver(SSLContext context) throws IOException {
        this(context, false, "TLSv1.3");
    }

    /** A receiver that speaks one version of TLS, and may ask every sender for a certificate. */
    StrictReceiver(SSLContext context, boolean wantsCertificates, String protocol) throws IOException {
        this.context = context;
        this.wantsCertificates = wantsCertificates;
        this.protocol = protocol;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start("receiver", this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    void behave(Manner next) {
        manner = next;
    }

    /** What was read, in order. */
    List<String> messages() {
        return List.copyOf(messages);
    }

    /** What was no frame of RFC 5425. */
    List<Exception> violations() {
        return List.copyOf(violations);
    }

    int connections() {
        return connections.get();
    }

    /** Resets every connection there is. */
    void reset() throws IOException {
        for (Socket socket : open) {
            if (!socket.isClosed()) {
                reset(socket);
            }
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                open.add(socket);
                connections.incrementAndGet();
                start("connection", () -> serve(socket));
            }
        } catch (IOException e) {
            assertClosed();
        }
    }

    private void assertClosed() {
        if (!server.isClosed()) {
            violations.add(new IllegalStateException("the receiver stopped by itself"));
        }
    }

    private SSLSocket secured(Socket plain) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, null, true);
        socket.setUseClientMode(false);
        socket.setNeedClientAuth(wantsCertificates);
        socket.setEnabledProtocols(new String[] {protocol});
        socket.startHandshake();
        return socket;
    }

    private void serve(Socket plain) {
        try {
            SSLSocket socket = secured(plain);
            Frames frames = new Frames(socket.getInputStream());
            switch (manner) {
                case READ -> read(frames);
                case LEAVE -> socket.close();
                case RESET -> {
                    frames.next().ifPresent(messages::add);
                    reset(plain);
                }
                case STALL -> {
                    idle.add(socket);
                    return;
                }
                case HOLD -> {
                    read(frames);
                    idle.add(socket);
                    return;
                }
            }
            socket.close();
            open.remove(plain);
        } catch (ProtocolException | CharacterCodingException e) {
            violations.add(e);
        } catch (IOException e) {
            // The sender has gone, or was not let in.
            open.remove(plain);
        }
    }

    private void read(Frames frames) throws IOException {
        for (Optional<String> next = frames.next(); next.isPresent(); next = frames.next()) {
            messages.add(next.get());
        }
    }

    /** Without an end in order: the other side sees that the connection was reset. */
    private static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, "test-syslog-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        reset();
    }
}
