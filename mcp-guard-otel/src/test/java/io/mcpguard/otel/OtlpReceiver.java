package io.mcpguard.otel;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An OTLP receiver over HTTP that reads requests by the published definition of the protocol, and misbehaves when told to. */
final class OtlpReceiver implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();
    private final List<Resource> resources = new CopyOnWriteArrayList<>();
    private volatile Manner manner = Manner.ACCEPT;
    private volatile int status = 503;

    /** What it does with a request. */
    enum Manner {
        /** Keeps the records and says so. */
        ACCEPT,
        /** Keeps the records and warns of something. */
        WARN,
        /** Keeps all records but the last, and says that it has rejected one. */
        REJECT_LAST,
        /** Keeps nothing, and answers with the page of a proxy. */
        PAGE,
        /** Keeps nothing, and answers with a status. */
        FAIL,
        /** Keeps the records, and never answers. */
        HANG
    }

    OtlpReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(threads);
        server.createContext("/v1/logs", this::answer);
        server.start();
    }

    InetSocketAddress address() {
        return server.getAddress();
    }

    void behave(Manner next) {
        manner = next;
    }

    void fail(int with) {
        status = with;
        manner = Manner.FAIL;
    }

    List<LogRecord> records() {
        return List.copyOf(records);
    }

    /** Of each request. */
    List<Resource> resources() {
        return List.copyOf(resources);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            ExportLogsServiceRequest request = ExportLogsServiceRequest.parseFrom(exchange.getRequestBody());
            switch (manner) {
                case ACCEPT -> {
                    keep(request, 0);
                    send(
                            exchange,
                            200,
                            ExportLogsServiceResponse.getDefaultInstance().toByteArray());
                }
                case WARN -> {
                    keep(request, 0);
                    send(exchange, 200, partial(0, "attributes were renamed"));
                }
                case REJECT_LAST -> {
                    keep(request, 1);
                    send(exchange, 200, partial(1, "too large\n\u001b[2J"));
                }
                case PAGE -> send(exchange, 200, "<html>Please sign in</html>".getBytes(UTF_8));
                case FAIL -> send(exchange, status, new byte[0]);
                case HANG -> {
                    keep(request, 0);
                    await();
                }
            }
        }
    }

    private void await() {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] partial(long rejected, String message) {
        return ExportLogsServiceResponse.newBuilder()
                .setPartialSuccess(ExportLogsPartialSuccess.newBuilder()
                        .setRejectedLogRecords(rejected)
                        .setErrorMessage(message))
                .build()
                .toByteArray();
    }

    private void keep(ExportLogsServiceRequest request, int butLast) {
        List<LogRecord> batch = new ArrayList<>();
        for (ResourceLogs logs : request.getResourceLogsList()) {
            resources.add(logs.getResource());
            logs.getScopeLogsList().forEach(scope -> batch.addAll(scope.getLogRecordsList()));
        }
        records.addAll(batch.subList(0, batch.size() - butLast));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
