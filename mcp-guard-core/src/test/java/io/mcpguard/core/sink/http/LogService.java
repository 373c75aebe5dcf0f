package io.mcpguard.core.sink.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.core.audit.AuditEventJson;
import io.mcpguard.core.audit.MalformedRecordException;
import io.mcpguard.testkit.contract.SinkFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A log service on loopback that keeps what it is sent, as one of the services does, and fails when a test says so. */
abstract class LogService implements AutoCloseable {

    /** What it does wrong. */
    enum Trouble {
        NONE,
        FAILS,
        BUSY,
        KEEPS_AND_BREAKS_OFF,
        KEEPS_HALF,
        LOSES,
        ANSWERS_AS_ANOTHER,
        HANGS
    }

    /** One request. */
    record Seen(URI uri, Headers headers, String body) {}

    /** One answer. */
    record Reply(int status, String body) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final List<String> kept = Collections.synchronizedList(new ArrayList<>());
    private volatile CountDownLatch hanging = new CountDownLatch(1);
    private volatile Trouble trouble = Trouble.NONE;
    private volatile @Nullable Reply next;
    private final Map<String, String> nextHeaders = new java.util.concurrent.ConcurrentHashMap<>();

    LogService(@Nullable TestCertificate certificate) {
        try {
            InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            if (certificate == null) {
                server = HttpServer.create(any, 0);
            } else {
                HttpsServer secure = HttpsServer.create(any, 0);
                secure.setHttpsConfigurator(new HttpsConfigurator(certificate.server()));
                server = secure;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Takes a request apart; empty for one that carries no events. */
    abstract List<String> records(Seen request);

    /** Answers as the service does when it has kept the events, or says so. */
    abstract Reply success(Seen request, int events, boolean lost);

    /** Keeps one, and whether it did. */
    boolean keep(String record) {
        kept.add(record);
        return true;
    }

    int port() {
        return server.getAddress().getPort();
    }

    InetSocketAddress address() {
        return server.getAddress();
    }

    List<Seen> seen() {
        return List.copyOf(seen);
    }

    List<AuditEvent> events() {
        synchronized (kept) {
            return kept.stream().map(LogService::parse).toList();
        }
    }

    List<UUID> ids() {
        return events().stream().map(AuditEvent::id).toList();
    }

    List<String> keptRecords() {
        synchronized (kept) {
            return List.copyOf(kept);
        }
    }

    void trouble(Trouble what) {
        trouble = what;
        hanging.countDown();
        hanging = new CountDownLatch(1);
    }

    /** The next requests are answered so, until {@code null}. */
    void answering(@Nullable Reply reply, Map<String, String> headers) {
        nextHeaders.clear();
        nextHeaders.putAll(headers);
        next = reply;
    }

    SinkFault fault(Trouble what) {
        return SinkFault.failing("the service " + what, () -> trouble(what), () -> trouble(Trouble.NONE));
    }

    static AuditEvent parse(String record) {
        try {
            return AuditEventJson.parse(record);
        } catch (MalformedRecordException e) {
            throw new AssertionError(record, e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Seen request = new Seen(
                    exchange.getRequestURI(),
                    exchange.getRequestHeaders(),
                    new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            seen.add(request);
            List<String> records = records(request);
            Reply forced = next;
            if (forced != null) {
                nextHeaders.forEach(exchange.getResponseHeaders()::set);
                reply(exchange, forced);
                return;
            }
            switch (trouble) {
                case NONE -> {
                    Reply reply = success(request, records.size(), false);
                    records.forEach(this::keep);
                    reply(exchange, reply);
                }
                case FAILS -> reply(exchange, new Reply(500, "{\"secret\":\"of the service\"}"));
                case BUSY -> {
                    exchange.getResponseHeaders().set("Retry-After", "0");
                    reply(exchange, new Reply(429, "{}"));
                }
                case KEEPS_AND_BREAKS_OFF -> records.forEach(this::keep);
                case KEEPS_HALF -> {
                    records.subList(0, records.size() / 2).forEach(this::keep);
                    reply(exchange, new Reply(503, "{}"));
                }
                case LOSES -> reply(exchange, success(request, records.size(), true));
                case ANSWERS_AS_ANOTHER -> reply(exchange, new Reply(200, "<html>Sign in</html>"));
                case HANGS -> await(hanging);
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void reply(HttpExchange exchange, Reply reply) throws IOException {
        byte[] body = reply.body().getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        trouble(Trouble.NONE);
        server.stop(0);
        threads.shutdownNow();
    }
}
