package io.mcpguard.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.error.InvocationException;
import io.mcpguard.invocation.CallOrigin;
import io.mcpguard.invocation.HttpField;
import io.mcpguard.invocation.OperationCall;
import io.mcpguard.invocation.OperationInvoker;
import io.mcpguard.invocation.OperationResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The rules of {@link OperationInvoker}: a call through an invoker is to the service what a request over the wire is.
 *
 * <p>Extend it with a real service on a real server, started once for all tests, that serves under {@link #basePath()}:
 *
 * <ul>
 *   <li>{@code /echo} and every path below it, for every method: 200, type {@code application/json}, a JSON object with
 *       {@code method}, {@code path} and {@code query} as they came, {@code bodyBytes} and {@code bodySha256};
 *   <li>{@code /status/{n}}: that status, with the text {@code status n} as body where the status may have one;
 *   <li>{@code /slow?ms=n}: 200 after so many milliseconds;
 *   <li>{@code /big?bytes=n}: 200 and so many bytes {@code x}, type {@code application/octet-stream};
 *   <li>{@code /redirect}: 302 with {@code Location} of its own {@code /echo};
 *   <li>{@code /cookie}: 200 with {@code Set-Cookie: fixture=1; Path=/};
 *   <li>{@code /error}: an exception that nothing in the operation catches, answered as the server and the service answer
 *       such a thing.
 * </ul>
 *
 * <p>In front of all of them a filter, interceptor or handler, of the kind that runs for a request from outside alone and not
 * for a forward or an include, adds the response header {@code X-Fixture: seen} and notes a {@link SeenRequest}; nothing in
 * the operations does. The body it notes is the one the operation read.
 *
 * <p>What cannot be tested here: that a call whose connection breaks off is not sent again (part of OI-5), since an operation
 * cannot break its connection in every server; and that the access log is written (part of OI-1).
 *
 * @since 0.1
 */
public abstract class OperationInvokerContract {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration NOTING_TIME = Duration.ofSeconds(1);

    /** For subclasses. */
    protected OperationInvokerContract() {}

    /**
     * Returns the invoker under test.
     *
     * @return the same invoker for the length of a test
     */
    protected abstract OperationInvoker invoker();

    /**
     * Returns what the service has seen since the test began, calls over the wire included.
     *
     * @return the requests in the order of their arrival
     */
    protected abstract List<SeenRequest> seen();

    /**
     * Says where the service listens, for requests over the wire. Every call has come by that port at 127.0.0.1, whatever else
     * is pretended of it.
     *
     * @return scheme, host and port, without a path
     */
    protected abstract URI wire();

    /**
     * Says under which path the service serves.
     *
     * @return empty text unless overridden
     */
    protected String basePath() {
        return "";
    }

    /**
     * Lists the headers that a request needs to pass the service's own security.
     *
     * @return none unless overridden
     */
    protected List<HttpField> admission() {
        return List.of();
    }

    @Test
    @DisplayName("OI-1 the whole stack runs once, in front of every operation")
    void whole_stack_runs() {
        for (String path : List.of("/echo", "/status/200", "/status/404", "/redirect")) {
            int before = seen().size();

            OperationResult result = run(call("GET", path));

            assertThat(result.header("X-Fixture")).as(path).contains("seen");
            assertThat(seen()).as(path).hasSize(before + 1);
        }
    }

    @Test
    @DisplayName("OI-1 status, body and type are those of a request over the wire, errors included")
    void answers_as_over_the_wire() {
        for (String target :
                List.of("/echo?a=1", "/status/201", "/status/404", "/status/500", "/error", "/nothing-here")) {
            HttpResponse<byte[]> direct = overTheWire(target);

            OperationResult result = run(call("GET", target));

            assertThat(result.status()).as(target).isEqualTo(direct.statusCode());
            assertThat(new String(result.body(), StandardCharsets.UTF_8))
                    .as(target)
                    .isEqualTo(new String(direct.body(), StandardCharsets.UTF_8));
            assertThat(result.header("Content-Type"))
                    .as(target)
                    .isEqualTo(direct.headers().firstValue("Content-Type"));
        }
    }

    @Test
    @DisplayName("OI-2 every method arrives as given")
    void method_arrives() {
        for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")) {
            OperationResult result = run(call(method, "/echo"));

            assertThat(result.status()).as(method).isEqualTo(200);
            assertThat(lastSeen().method()).isEqualTo(method);
        }
    }

    @Test
    @DisplayName("OI-2 path and query arrive byte for byte, neither decoded nor normalized")
    void target_arrives() {
        String path = "/echo/a%20b+c%3Fd/%C3%BC~-._/%41";
        String query = "q=a%20b&q=c+d&empty=&flag&u=%E2%82%AC&x=1%262&y=%2525";

        run(call("GET", path + "?" + query));

        assertThat(lastSeen().rawPath()).isEqualTo(basePath() + path);
        assertThat(lastSeen().rawQuery()).contains(query);
    }

    @Test
    @DisplayName("OI-2 a call without a query arrives without one")
    void no_query_arrives() {
        run(call("GET", "/echo"));

        assertThat(lastSeen().rawQuery()).isEmpty();
    }

    @Test
    @DisplayName("OI-2 headers arrive as given, repeated ones too")
    void headers_arrive() {
        run(call("GET", "/echo")
                .header("X-Plain", "some text; q=\"0.5\", and more")
                .header("X-Many", "first")
                .header("X-Many", "second")
                .header("X-Empty", "")
                .header("Accept", "application/json"));

        SeenRequest seen = lastSeen();
        assertThat(seen.header("x-plain")).containsExactly("some text; q=\"0.5\", and more");
        assertThat(String.join(",", seen.header("X-Many")).replace(" ", "")).isEqualTo("first,second");
        assertThat(seen.header("X-Empty")).containsExactly("");
        assertThat(seen.header("Accept")).containsExactly("application/json");
    }

    @Test
    @DisplayName("OI-2 a header value that servers read differently is read as over the wire")
    void header_is_read_as_over_the_wire() {
        List<String> values = List.of("two  blanks", "a\tb", "\"quoted  \\\" text\"", ",", ";");
        for (String value : values) {
            overTheWire("/echo", new HttpField("X-Any", value));
            List<String> direct = lastSeen().header("X-Any");

            run(call("GET", "/echo").header("X-Any", value));

            assertThat(lastSeen().header("X-Any")).as(value).isEqualTo(direct);
        }
    }

    @Test
    @DisplayName("OI-2 a body of any bytes arrives byte for byte, with its type")
    void body_arrives() {
        byte[] body = new byte[300_000];
        for (int i = 0; i < body.length; i++) {
            body[i] = (byte) (i * 31 + i / 256);
        }

        OperationResult result = run(call("POST", "/echo")
                .header("Content-Type", "application/x-any")
                .body(body));

        assertThat(result.status()).isEqualTo(200);
        assertThat(lastSeen().bodyBytes()).isEqualTo(body.length);
        assertThat(lastSeen().bodySha256()).isEqualTo(sha256(body));
        assertThat(lastSeen().header("Content-Type")).containsExactly("application/x-any");
        assertThat(new String(result.body(), StandardCharsets.UTF_8)).contains(sha256(body));
    }

    @Test
    @DisplayName("OI-2 many calls at once get each its own answer")
    void calls_are_not_mixed_up() {
        List<CompletableFuture<OperationResult>> running = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            running.add(invoker()
                    .invoke(call("POST", "/echo?call=" + i)
                            .body(("body " + i).getBytes(StandardCharsets.UTF_8))
                            .build())
                    .toCompletableFuture());
        }

        for (int i = 0; i < running.size(); i++) {
            String answer = new String(outcome(running.get(i)).body(), StandardCharsets.UTF_8);
            assertThat(answer)
                    .contains("call=" + i + "\"")
                    .contains(sha256(("body " + i).getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    @DisplayName("OI-3 every status is a result")
    void every_status_is_a_result() {
        for (int status : new int[] {
            200, 201, 202, 204, 301, 304, 307, 400, 401, 403, 404, 405, 409, 418, 422, 429, 500, 502, 503, 504
        }) {
            assertThat(run(call("GET", "/status/" + status)).status()).isEqualTo(status);
        }
    }

    @Test
    @DisplayName("OI-4 the calling thread is not blocked, and the stage completes on another thread")
    void does_not_block() {
        run(call("GET", "/slow?ms=1"));
        CompletableFuture<Thread> completing = new CompletableFuture<>();
        long before = System.nanoTime();

        invoker()
                .invoke(call("GET", "/slow?ms=1500").build())
                .whenComplete((result, failure) -> completing.complete(Thread.currentThread()));

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
        assertThat(completing).isNotDone();
        assertThat(outcome(completing)).isNotEqualTo(Thread.currentThread());
    }

    @Test
    @DisplayName("OI-5 a redirect is a result and is not followed")
    void redirect_is_not_followed() {
        int before = seen().size();

        OperationResult result = run(call("GET", "/redirect"));

        assertThat(result.status()).isEqualTo(302);
        assertThat(result.header("Location").orElse("")).endsWith(basePath() + "/echo");
        assertThat(seen()).hasSize(before + 1);
    }

    @Test
    @DisplayName("OI-5 a call that fails in the service is not sent again")
    void failure_is_not_sent_again() {
        for (String target : List.of("/error", "/status/503", "/status/429")) {
            int before = seen().size();

            run(call("GET", target));

            assertThat(seen()).as(target).hasSize(before + 1);
        }
    }

    @Test
    @DisplayName("OI-6 no cookie is kept between calls")
    void no_cookie_is_kept() {
        assertThat(run(call("GET", "/cookie")).header("Set-Cookie").orElse("")).startsWith("fixture=1");

        run(call("GET", "/echo"));

        assertThat(lastSeen().header("Cookie")).isEmpty();
    }

    @Test
    @DisplayName("OI-7 after its timeout a call fails with operation-timeout, and the next one works")
    void timeout_is_kept() {
        long before = System.nanoTime();

        Throwable failure = failure(
                call("GET", "/slow?ms=6000").timeout(Duration.ofMillis(300)).build());

        assertThat(failure).isInstanceOf(InvocationException.class);
        assertThat(((InvocationException) failure).code()).isEqualTo("operation-timeout");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(4));
        assertThat(run(call("GET", "/echo")).status()).isEqualTo(200);
    }

    @Test
    @DisplayName("OI-8 a body over the limit is cut and marked, one within it is not")
    void body_is_cut() {
        OperationResult over = run(call("GET", "/big?bytes=100001").maxResponseBytes(100_000));
        OperationResult exact = run(call("GET", "/big?bytes=100000").maxResponseBytes(100_000));
        OperationResult none = run(call("GET", "/big?bytes=1").maxResponseBytes(0));

        assertThat(over.status()).isEqualTo(200);
        assertThat(over.body()).hasSize(100_000).containsOnly('x');
        assertThat(over.truncated()).isTrue();
        assertThat(exact.body()).hasSize(100_000);
        assertThat(exact.truncated()).isFalse();
        assertThat(none.body()).isEmpty();
        assertThat(none.truncated()).isTrue();
    }

    @Test
    @DisplayName("OI-9 the service sees the address, scheme, host and certificate of the caller")
    void origin_is_seen() {
        callFromAfar();
    }

    private void callFromAfar() {
        CallOrigin origin = new CallOrigin(
                "203.0.113.7",
                40_712,
                "https",
                true,
                "api.example.com",
                8443,
                "127.0.0.1",
                wire().getPort(),
                List.of(certificate()));

        run(call("GET", "/echo", origin));

        SeenRequest seen = lastSeen();
        assertThat(seen.remoteAddress()).isEqualTo("203.0.113.7");
        assertThat(seen.remotePort()).isEqualTo(40_712);
        assertThat(seen.scheme()).isEqualTo("https");
        assertThat(seen.secure()).isTrue();
        assertThat(seen.serverName()).isEqualTo("api.example.com");
        assertThat(seen.serverPort()).isEqualTo(8443);
        assertThat(seen.clientCertificates()).containsExactly(certificate());
    }

    @Test
    @DisplayName("OI-9 nothing of one call's origin is left for the next")
    void origin_is_not_left_over() {
        callFromAfar();

        run(call("GET", "/echo"));

        SeenRequest seen = lastSeen();
        assertThat(seen.remoteAddress()).isEqualTo("203.0.113.9");
        assertThat(seen.scheme()).isEqualTo("http");
        assertThat(seen.secure()).isFalse();
        assertThat(seen.clientCertificates()).isEmpty();
    }

    private OperationCall.Builder call(String method, String target) {
        URI wire = wire();
        return call(
                method,
                target,
                new CallOrigin(
                        "203.0.113.9",
                        51_000,
                        "http",
                        false,
                        wire.getHost(),
                        wire.getPort(),
                        "127.0.0.1",
                        wire.getPort(),
                        List.of()));
    }

    private OperationCall.Builder call(String method, String target, CallOrigin origin) {
        int mark = target.indexOf('?');
        String path = basePath() + (mark < 0 ? target : target.substring(0, mark));
        OperationCall.Builder call = OperationCall.builder(UUID.randomUUID(), method, path, origin)
                .rawQuery(mark < 0 ? null : target.substring(mark + 1));
        admission().forEach(field -> call.header(field.name(), field.value()));
        return call;
    }

    private OperationResult run(OperationCall.Builder call) {
        int before = seen().size();
        OperationResult result = outcome(invoker().invoke(call.build()).toCompletableFuture());
        awaitNote(before);
        return result;
    }

    /** An answer may be complete before what stands in front of the operation has seen it return. */
    private void awaitNote(int before) {
        long end = System.nanoTime() + NOTING_TIME.toNanos();
        while (seen().size() <= before && System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private Throwable failure(OperationCall call) {
        try {
            OperationResult result =
                    invoker().invoke(call).toCompletableFuture().get(20, TimeUnit.SECONDS);
            throw new AssertionError("the call did not fail: " + result);
        } catch (ExecutionException e) {
            return e.getCause() == null ? e : e.getCause();
        } catch (TimeoutException e) {
            return e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return e;
        }
    }

    private SeenRequest lastSeen() {
        List<SeenRequest> seen = seen();
        return seen.get(seen.size() - 1);
    }

    private HttpResponse<byte[]> overTheWire(String target, HttpField... more) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(wire() + basePath() + target))
                .timeout(PATIENCE)
                .GET();
        admission().forEach(field -> request.header(field.name(), field.value()));
        List.of(more).forEach(field -> request.header(field.name(), field.value()));
        int before = seen().size();
        try {
            // Not every server takes an offer to upgrade for what it is.
            HttpResponse<byte[]> response = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .build()
                    .send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            awaitNote(before);
            return response;
        } catch (IOException e) {
            throw new AssertionError("the service cannot be reached over the wire", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static <T> T outcome(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("the call gave no result: " + Optional.ofNullable(e.getCause()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /** A self-signed certificate whose private key was never kept. */
    private static X509Certificate certificate() {
        String pem = """
                -----BEGIN CERTIFICATE-----
                MIIBjzCCATWgAwIBAgIUbKe3o9yVsoMgCc1iXNiSxSvvAi0wCgYIKoZIzj0EAwIw
                HDEaMBgGA1UEAwwRYWdlbnQuZXhhbXBsZS5jb20wIBcNMjYxMTIyMTUwNTI5WhgP
                MjEyNjEwMjkxNTA1MjlaMBwxGjAYBgNVBAMMEWFnZW50LmV4YW1wbGUuY29tMFkw
                EwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEGW2jZrKphRQKlxQe/puucvxgIPOA2qM7
                sbmGqLU206d6hszgygunlUrP7BVQ8K8CqD6xsrsX7/7aQKkwm+upoKNTMFEwHQYD
                VR0OBBYEFHAJVPd1ZRo6Unkj/9PdUQrQGPf9MB8GA1UdIwQYMBaAFHAJVPd1ZRo6
                Unkj/9PdUQrQGPf9MA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIh
                AMclgoDcZpBBmOQD2iwv4lBcqmUFRPXoqtskkqcHMcHpAiBep1gDBOKwOIIh8rjy
                JN6lu4ms7mTSJyWUXkZ2QzjBvQ==
                -----END CERTIFICATE-----
                """;
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("the certificate above can be read", e);
        }
    }
}
