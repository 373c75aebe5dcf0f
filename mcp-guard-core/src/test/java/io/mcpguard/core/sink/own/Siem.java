package io.mcpguard.core.sink.own;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.core.audit.AuditEventJson;
import io.mcpguard.core.audit.MalformedRecordException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A log service on loopback that takes a line a record and keeps each id once. */
final class Siem implements AutoCloseable {

    private final Map<String, String> records = Collections.synchronizedMap(new LinkedHashMap<>());
    private final CountDownLatch closing = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private volatile boolean failing;
    private volatile boolean hanging;

    Siem() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    void failing(boolean fails) {
        failing = fails;
    }

    void hanging(boolean hangs) {
        hanging = hangs;
    }

    List<AuditEvent> kept() {
        synchronized (records) {
            return records.values().stream().map(Siem::parse).toList();
        }
    }

    private static AuditEvent parse(String record) {
        try {
            return AuditEventJson.parse(record);
        } catch (MalformedRecordException e) {
            throw new AssertionError(record, e);
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            String lines = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            if (hanging) {
                closing.await();
            }
            if (!failing) {
                lines.lines().forEach(line -> records.putIfAbsent(line.substring(0, 36), line.substring(37)));
            }
            exchange.sendResponseHeaders(failing ? 500 : 200, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
