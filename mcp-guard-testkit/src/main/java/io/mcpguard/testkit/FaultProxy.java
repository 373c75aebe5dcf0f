package io.mcpguard.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands on loopback between a client and the service that it calls, and plays what networks do: it refuses, hangs, is slow, or
 * breaks off in the middle of a request or before an answer.
 *
 * <p>A fault takes the place of the one before, and holds for connections that are open as well as for new ones. Safe for use by
 * many threads at once.
 *
 * @since 0.1
 */
public final class FaultProxy implements AutoCloseable {

    private static final int CONNECT_MILLIS = 2_000;

    private final InetSocketAddress service;
    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "fault-proxy");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Fault fault = new Fault(Kind.NONE, Duration.ZERO, 0);

    private enum Kind {
        NONE,
        REFUSE,
        HANG,
        DELAY,
        CUT_REQUESTS,
        CUT_ANSWERS
    }

    /** What is wrong at the moment, until the latch is down. */
    private record Fault(Kind kind, Duration delay, AtomicLong left, CountDownLatch over) {
        Fault(Kind kind, Duration delay, long left) {
            this(kind, delay, new AtomicLong(left), new CountDownLatch(1));
        }

        /** How many of these bytes may still pass. */
        int passing(int bytes) {
            long before = left.getAndAdd(-bytes);
            return (int) Math.max(0, Math.min(bytes, before));
        }

        boolean cuts(boolean answer) {
            return kind == (answer ? Kind.CUT_ANSWERS : Kind.CUT_REQUESTS);
        }
    }

    private FaultProxy(InetSocketAddress service, ServerSocket door) {
        this.service = service;
        this.door = door;
    }

    /**
     * Starts a proxy on a free port of loopback that passes everything on.
     *
     * @param service where connections are passed on to
     * @return the running proxy
     */
    public static FaultProxy to(InetSocketAddress service) {
        try {
            FaultProxy proxy = new FaultProxy(service, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            proxy.threads.execute(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Tells where a client has to connect to.
     *
     * @return address and port of this proxy
     */
    public InetSocketAddress address() {
        return new InetSocketAddress(door.getInetAddress(), door.getLocalPort());
    }

    /** Passes everything on again. A connection that hung is reset, and what it held is lost. */
    public void heal() {
        set(new Fault(Kind.NONE, Duration.ZERO, 0));
    }

    /** Resets every connection, open or new. */
    public void refuse() {
        set(new Fault(Kind.REFUSE, Duration.ZERO, 0));
        cutAll();
    }

    /** Takes connections and bytes, and passes nothing on in either direction. */
    public void hang() {
        set(new Fault(Kind.HANG, Duration.ZERO, 0));
    }

    /**
     * Passes each piece of an answer on late.
     *
     * @param delay how late
     */
    public void delay(Duration delay) {
        set(new Fault(Kind.DELAY, delay, 0));
    }

    /**
     * Breaks off in the middle of requests: the service gets so many bytes more from all clients together and then the end of its
     * connection, a client gets a reset. So does every connection after that with its first byte.
     *
     * @param bytes how many bytes still reach the service
     */
    public void cutRequestsAfter(long bytes) {
        set(new Fault(Kind.CUT_REQUESTS, Duration.ZERO, bytes));
    }

    /**
     * Loses answers: the service gets every request whole, clients get so many bytes more of all answers together and then a reset.
     *
     * @param bytes how many bytes still reach a client; 0 for none
     */
    public void cutAnswersAfter(long bytes) {
        set(new Fault(Kind.CUT_ANSWERS, Duration.ZERO, bytes));
    }

    /** Resets the connections that are open now; new ones are as good as the fault at the moment lets them be. */
    public void cutAll() {
        open.forEach(FaultProxy::reset);
    }

    /** Resets every connection and refuses from now on. */
    @Override
    public void close() {
        quietly(door::close);
        fault.over().countDown();
        cutAll();
        threads.shutdownNow();
    }

    private void set(Fault next) {
        Fault before = fault;
        fault = next;
        before.over().countDown();
    }

    private void accept() {
        while (!door.isClosed()) {
            quietly(() -> {
                Socket client = door.accept();
                open.add(client);
                threads.execute(() -> connect(client));
            });
        }
    }

    private void connect(Socket client) {
        if (fault.kind() == Kind.REFUSE) {
            forget(client);
            return;
        }
        Socket server = new Socket();
        open.add(server);
        try {
            server.connect(service, CONNECT_MILLIS);
            threads.execute(() -> pump(client, server, server, true));
        } catch (IOException | RuntimeException e) {
            forget(server);
            forget(client);
            return;
        }
        pump(client, server, client, false);
    }

    /** Carries one direction until something ends it. */
    private void pump(Socket client, Socket server, Socket from, boolean answer) {
        byte[] buffer = new byte[8192];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = (answer ? client : server).getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                Fault now = fault;
                if (now.kind() == Kind.HANG) {
                    now.over().await();
                    break;
                }
                if (now.kind() == Kind.DELAY && answer) {
                    now.over().await(now.delay().toNanos(), TimeUnit.NANOSECONDS);
                }
                int passing = now.cuts(answer) ? now.passing(read) : read;
                out.write(buffer, 0, passing);
                out.flush();
                if (passing < read) {
                    break;
                }
            }
        } catch (IOException e) {
            // Either end has gone, or was cut: so is the other.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // The service may read what has reached it; a reset would take that away.
        quietly(server::close);
        open.remove(server);
        forget(client);
    }

    private void forget(Socket socket) {
        reset(socket);
        open.remove(socket);
    }

    private static void reset(Socket socket) {
        quietly(() -> socket.setSoLinger(true, 0));
        quietly(socket::close);
    }

    private interface Step {
        void run() throws IOException;
    }

    private static void quietly(Step step) {
        try {
            step.run();
        } catch (IOException | RuntimeException e) {
            // What it was done to has gone already.
        }
    }
}
