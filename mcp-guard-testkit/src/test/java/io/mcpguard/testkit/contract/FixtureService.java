package io.mcpguard.testkit.contract;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mcpguard.invocation.HttpField;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** What {@link OperationInvokerContract} asks a service to serve, on the JDK's own server. */
final class FixtureService implements AutoCloseable {

    /** Carries the call's origin, as a guard's loopback does in a way that no caller can. */
    static final String ORIGIN = "X-Fixture-Origin";

    private final List<SeenRequest> seen = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    FixtureService() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    List<SeenRequest> seen() {
        return List.copyOf(seen);
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            SeenRequest request = note(exchange, body);
            seen.add(request);
            exchange.getResponseHeaders().add("X-Fixture", "seen");
            try {
                operation(exchange, request);
            } catch (IllegalStateException e) {
                answer(exchange, 500, "text/plain", "something went wrong".getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private void operation(HttpExchange exchange, SeenRequest request) throws IOException {
        String path = request.rawPath();
        if (path.startsWith("/echo")) {
            String json = "{\"method\":\"" + request.method() + "\",\"path\":\"" + path + "\",\"query\":\""
                    + request.rawQuery().orElse("") + "\",\"bodyBytes\":" + request.bodyBytes() + ",\"bodySha256\":\""
                    + request.bodySha256() + "\"}";
            answer(exchange, 200, "application/json", json.getBytes(StandardCharsets.UTF_8));
        } else if (path.startsWith("/status/")) {
            int status = Integer.parseInt(path.substring("/status/".length()));
            byte[] text = ("status " + status).getBytes(StandardCharsets.UTF_8);
            answer(exchange, status, "text/plain", status == 204 || status == 304 ? new byte[0] : text);
        } else if (path.equals("/slow")) {
            await(number(request));
            answer(exchange, 200, "text/plain", new byte[0]);
        } else if (path.equals("/big")) {
            byte[] bytes = new byte[number(request)];
            Arrays.fill(bytes, (byte) 'x');
            answer(exchange, 200, "application/octet-stream", bytes);
        } else if (path.equals("/redirect")) {
            exchange.getResponseHeaders().add("Location", "/echo");
            answer(exchange, 302, "text/plain", new byte[0]);
        } else if (path.equals("/cookie")) {
            exchange.getResponseHeaders().add("Set-Cookie", "fixture=1; Path=/");
            answer(exchange, 200, "text/plain", new byte[0]);
        } else if (path.equals("/error")) {
            throw new IllegalStateException("nothing catches this");
        } else {
            answer(exchange, 404, "text/plain", "nothing here".getBytes(StandardCharsets.UTF_8));
        }
    }

    private static int number(SeenRequest request) {
        String query = request.rawQuery().orElseThrow();
        return Integer.parseInt(query.substring(query.indexOf('=') + 1));
    }

    private void await(int millis) {
        try {
            closing.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static SeenRequest note(HttpExchange exchange, byte[] body) {
        List<HttpField> headers = new ArrayList<>();
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!name.equalsIgnoreCase(ORIGIN)) {
                values.forEach(value -> headers.add(new HttpField(name, value)));
            }
        });
        Optional<String> told = Optional.ofNullable(exchange.getRequestHeaders().getFirst(ORIGIN));
        String[] origin = told.orElse("127.0.0.1 0 http false 127.0.0.1 80").split(" ", -1);
        List<X509Certificate> certificates = new ArrayList<>();
        for (int i = 6; i < origin.length; i++) {
            certificates.add(certificate(origin[i]));
        }
        return new SeenRequest(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()),
                headers,
                body.length,
                sha256(body),
                origin[0],
                Integer.parseInt(origin[1]),
                origin[2],
                Boolean.parseBoolean(origin[3]),
                origin[4],
                Integer.parseInt(origin[5]),
                certificates);
    }

    private static X509Certificate certificate(String base64) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(
                            new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
