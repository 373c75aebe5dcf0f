package io.mcpguard.servlet.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.credential.Principal;
import io.mcpguard.error.InvocationException;
import io.mcpguard.invocation.CallOrigin;
import io.mcpguard.invocation.OperationCall;
import io.mcpguard.invocation.OperationInvoker;
import io.mcpguard.invocation.OperationResult;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a call through an invoker must have in common with a request over the wire, whatever the invoker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class InvokerFidelity {

    private final TestContainer container;
    private TestService service;
    private OperationInvoker invoker;

    protected InvokerFidelity(TestContainer container) {
        this.container = container;
    }

    protected abstract OperationInvoker invoker(TestService service);

    @BeforeAll
    void startService() {
        service = TestService.start(settings -> settings.on(container));
        invoker = invoker(service);
    }

    @AfterAll
    void stopService() {
        invoker.close();
        service.close();
    }

    private OperationCall.Builder call(String method, String target) {
        return call(method, target, service.origin());
    }

    private static OperationCall.Builder call(String method, String target, CallOrigin origin) {
        int mark = target.indexOf('?');
        OperationCall.Builder builder =
                OperationCall.builder(UUID.randomUUID(), method, mark < 0 ? target : target.substring(0, mark), origin);
        return mark < 0 ? builder : builder.rawQuery(target.substring(mark + 1));
    }

    private OperationResult run(OperationCall.Builder call) {
        return await(invoker.invoke(call.build()).toCompletableFuture());
    }

    private static OperationResult await(CompletableFuture<OperationResult> future) {
        try {
            return future.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(OperationResult result) {
        return new String(result.body(), StandardCharsets.UTF_8);
    }

    @Test
    void status_body_and_type_are_those_of_a_request_over_the_wire() {
        List<String> targets = List.of(
                "/api/items/1",
                "/api/items/1?a=b&c=%20d",
                "/api/items/404",
                "/api/items/409",
                "/api/items/500",
                "/api/admin/secret",
                "/api/nothing",
                "/nothing",
                "/api/empty",
                "/api/unchanged",
                "/api/redirect",
                "/api/async",
                "/api/async?mode=dispatch",
                "/api/async?mode=error",
                "/api/events",
                "/api/items/%2e%2e/admin",
                "/api/items/a%2Fb",
                "/api/items/a;x=1",
                "/api//items/1",
                "/api/items/caf%C3%A9",
                "/api/items/caf%e9");
        List<String> users = new ArrayList<>(Arrays.asList(null, "alice", "root", "mallory"));
        int compared = 0;
        for (String user : users) {
            for (String method : List.of("GET", "HEAD", "DELETE", "OPTIONS")) {
                for (String target : targets) {
                    String[] headers = user == null
                            ? new String[] {"Accept", "application/json"}
                            : new String[] {"Accept", "application/json", "Authorization", "Bearer " + user};
                    HttpResponse<String> direct = service.send(method, target, headers);
                    // Error pages name the host that was asked.
                    OperationCall.Builder call = call(method, target, service.origin("127.0.0.1", service.port()));
                    for (int i = 0; i < headers.length; i += 2) {
                        call.header(headers[i], headers[i + 1]);
                    }
                    OperationResult inner = run(call);
                    String what = user + " " + method + " " + target;
                    assertThat(inner.status()).as(what).isEqualTo(direct.statusCode());
                    assertThat(text(inner)).as(what).isEqualTo(direct.body());
                    assertThat(inner.header("Content-Type"))
                            .as(what)
                            .isEqualTo(direct.headers().firstValue("Content-Type"));
                    assertThat(inner.header("WWW-Authenticate"))
                            .as(what)
                            .isEqualTo(direct.headers().firstValue("WWW-Authenticate"));
                    compared++;
                }
            }
        }
        assertThat(compared).isEqualTo(4 * 4 * targets.size());
    }

    @Test
    void an_asynchronous_servlet_that_never_answers_ends_as_over_the_wire() {
        HttpResponse<String> direct = service.send("GET", "/api/async?mode=timeout", "Authorization", "Bearer alice");

        OperationResult inner = run(call("GET", "/api/async?mode=timeout").header("Authorization", "Bearer alice"));

        assertThat(inner.status()).isEqualTo(direct.statusCode()).isEqualTo(500);
        assertThat(text(inner)).isEqualTo(direct.body());
    }

    @Test
    void method_path_query_headers_and_body_arrive_byte_for_byte() {
        byte[] body = new byte[256];
        for (int i = 0; i < body.length; i++) {
            body[i] = (byte) i;
        }
        for (String method : List.of("POST", "PUT", "PATCH")) {
            OperationResult result = run(call(method, "/api/echo/a%20b%2Bc/%E2%82%AC?q=%26%3D&q=%2525&empty=")
                    .header("Authorization", "Bearer alice")
                    .header("Content-Type", "application/octet-stream")
                    .body(body));

            assertThat(result.status()).isEqualTo(200);
            assertThat(result.body()).containsExactly(body);
            assertThat(result.header("X-Uri")).contains("/api/echo/a%20b%2Bc/%E2%82%AC");
            assertThat(result.header("X-Query")).contains("q=%26%3D&q=%2525&empty=");
            assertThat(result.header("X-Length")).contains("256");
            assertThat(result.header("X-Latin")).contains("caf\u00e9");
        }
    }

    @Test
    void five_megabytes_go_in_and_come_out() {
        byte[] body = new byte[5 << 20];
        Arrays.fill(body, (byte) 'x');

        OperationResult in = run(call("POST", "/api/echo")
                .header("Authorization", "Bearer alice")
                .header("Content-Type", "text/plain")
                .maxResponseBytes(6 << 20)
                .body(body));
        OperationResult out = run(call("GET", "/api/big?size=" + (5 << 20))
                .header("Authorization", "Bearer alice")
                .maxResponseBytes(5 << 20));

        assertThat(in.status()).isEqualTo(200);
        assertThat(in.body()).hasSize(body.length).containsOnly('x');
        assertThat(in.truncated()).isFalse();
        assertThat(out.body()).hasSize(5 << 20);
        assertThat(out.truncated()).isFalse();
    }

    @Test
    void a_body_over_the_limit_is_cut_and_marked() {
        OperationResult result = run(call("GET", "/api/big?size=" + (5 << 20))
                .header("Authorization", "Bearer alice")
                .maxResponseBytes(1000));

        assertThat(result.status()).isEqualTo(200);
        assertThat(result.body()).hasSize(1000);
        assertThat(result.truncated()).isTrue();
    }

    @Test
    void forms_and_uploads_are_parsed() {
        OperationResult form = run(call("POST", "/api/form?b=3")
                .header("Authorization", "Bearer alice")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .body("a=1&b=2%20x".getBytes(StandardCharsets.US_ASCII)));
        String part = "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n12345\r\n--B--\r\n";
        OperationResult upload = run(call("POST", "/api/upload")
                .header("Authorization", "Bearer alice")
                .header("Content-Type", "multipart/form-data; boundary=B")
                .body(part.getBytes(StandardCharsets.US_ASCII)));

        assertThat(text(form)).isEqualTo("{a=1, b=3,2 x}");
        assertThat(upload.status()).isEqualTo(201);
        assertThat(text(upload)).isEqualTo("file=5;");
    }

    @Test
    void a_servlet_that_reads_and_writes_without_blocking_works() {
        byte[] body = new byte[100_000];
        Arrays.fill(body, (byte) 'y');

        OperationResult result = run(call("POST", "/api/nonblocking")
                .header("Authorization", "Bearer alice")
                .body(body));

        assertThat(result.status()).isEqualTo(200);
        assertThat(result.body()).isEqualTo(body);
    }

    @Test
    void the_service_sees_the_caller_and_nothing_of_the_guard() throws Exception {
        try (InputStream pem = InvokerFidelity.class.getResourceAsStream("/client.pem")) {
            X509Certificate certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
            CallOrigin origin = new CallOrigin(
                    "127.0.0.2",
                    4711,
                    "https",
                    true,
                    "api.example.com",
                    8443,
                    "127.0.0.1",
                    service.port(),
                    List.of(certificate));

            String facts = text(run(call("GET", "/api/facts", origin)
                    .header("Authorization", "Bearer alice")
                    .header("X-Forwarded-For", "9.9.9.9")
                    .header("Cookie", "JSESSIONID=1")
                    .header("Mcp-Session-Id", "1")));

            assertThat(facts)
                    .contains("remote=127.0.0.2:4711")
                    .contains("scheme=https secure=true")
                    .contains("server=api.example.com:8443")
                    .contains("url=https://api.example.com:8443/api/facts")
                    .contains("certificates=1")
                    .contains("user=alice")
                    .contains("outer=null")
                    .doesNotContainIgnoringCase("mcp-guard-call")
                    .doesNotContainIgnoringCase("x-forwarded-for")
                    .doesNotContainIgnoringCase("cookie")
                    .doesNotContainIgnoringCase("mcp-session-id");
        }
    }

    @Test
    void a_principal_of_the_guard_is_the_services_principal() {
        Principal robot = new Principal("robot", Set.of("user"), Principal.Source.GUARD, "key-1");
        Principal chief = new Principal("chief", Set.of("admin"), Principal.Source.GUARD, "key-2");

        assertThat(text(run(call("GET", "/api/facts").principal(robot)))).contains("user=robot auth=MCP-GUARD");
        assertThat(run(call("GET", "/api/admin/secret").principal(robot)).status())
                .isEqualTo(403);
        assertThat(text(run(call("GET", "/api/admin/secret").principal(chief)))).isEqualTo("{\"secret\":\"of chief\"}");
    }

    @Test
    void the_containers_own_log_and_counter_know_the_call() {
        long counted = settledCount();

        run(call("GET", "/api/items/logged").header("Authorization", "Bearer alice"));
        run(call("GET", "/api/items/unknown-to-you"));

        // Containers write both when the answer has been sent.
        Awaitility.await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
            assertThat(service.container.accessLog())
                    .contains("GET /api/items/logged 200", "GET /api/items/unknown-to-you 401");
            assertThat(service.container.requestCount() - counted).isEqualTo(2);
        });
    }

    /** Containers count a request after its answer has been sent: those of the set-up may still be on their way. */
    private long settledCount() {
        AtomicLong last = new AtomicLong(-1);
        Awaitility.await()
                .during(Duration.ofMillis(300))
                .atMost(Duration.ofSeconds(10))
                .until(() -> {
                    long now = service.container.requestCount();
                    return last.getAndSet(now) == now;
                });
        return last.get();
    }

    @Test
    void a_trace_goes_on() {
        String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

        OperationResult result = run(call("GET", "/api/facts")
                .header("Authorization", "Bearer alice")
                .header("traceparent", trace));

        assertThat(text(result)).contains("trace=" + trace);
    }

    @Test
    void a_rule_on_addresses_is_kept() {
        OperationResult far =
                run(call("GET", "/api/local", service.origin("127.0.0.2")).header("Authorization", "Bearer alice"));
        OperationResult near = run(call("GET", "/api/local").header("Authorization", "Bearer alice"));

        assertThat(far.status()).isEqualTo(403);
        assertThat(near.status()).isEqualTo(200);
    }

    @Test
    void no_session_is_shared_between_calls() {
        int before = service.sessions();
        for (int i = 0; i < 3; i++) {
            OperationResult result = run(call("GET", "/api/session").header("Authorization", "Bearer alice"));
            assertThat(text(result)).isEqualTo("{\"new\":true}");
        }

        assertThat(service.sessions() - before).isEqualTo(3);
    }

    @Test
    void nothing_of_the_calling_thread_reaches_the_service_and_nothing_of_the_service_stays() {
        ServiceFilters.CONTEXT.set("of the outer request");
        try {
            for (int i = 0; i < 20; i++) {
                String facts = text(run(call("GET", "/api/facts").header("Authorization", "Bearer alice")));
                assertThat(facts).contains("thread-local=alice");
            }
            String robot = text(run(call("GET", "/api/facts")
                    .principal(new Principal("robot", Set.of(), Principal.Source.GUARD, "key-1"))));
            assertThat(robot).contains("thread-local=null");
            assertThat(ServiceFilters.CONTEXT.get()).isEqualTo("of the outer request");
        } finally {
            ServiceFilters.CONTEXT.remove();
        }
    }

    @Test
    void forty_calls_at_once_on_ten_threads_all_come_back() {
        List<CompletableFuture<OperationResult>> running = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            running.add(invoker.invoke(call("GET", "/api/slow?ms=50")
                            .header("Authorization", "Bearer alice")
                            .build())
                    .toCompletableFuture());
        }

        assertThat(running).allSatisfy(call -> assertThat(await(call).status()).isEqualTo(200));
    }

    @Test
    void a_call_that_takes_too_long_fails_and_the_next_one_works() {
        long start = System.nanoTime();

        assertThatThrownBy(() -> run(call("GET", "/api/slow?ms=3000")
                        .header("Authorization", "Bearer alice")
                        .timeout(Duration.ofMillis(200))))
                .isInstanceOf(InvocationException.class)
                .extracting(e -> ((InvocationException) e).code())
                .isEqualTo("operation-timeout");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(2500));
        assertThat(run(call("GET", "/api/items/1").header("Authorization", "Bearer alice"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void the_caller_is_not_blocked_and_the_answer_comes_on_another_thread() {
        long start = System.nanoTime();
        AtomicReference<Thread> answered = new AtomicReference<>();
        CompletableFuture<OperationResult> future = invoker.invoke(call("GET", "/api/slow?ms=500")
                        .header("Authorization", "Bearer alice")
                        .build())
                .toCompletableFuture();
        CompletableFuture<OperationResult> observed =
                future.whenComplete((result, failure) -> answered.set(Thread.currentThread()));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(400));

        await(observed);

        assertThat(answered.get()).isNotNull().isNotEqualTo(Thread.currentThread());
    }

    @Test
    void a_nonce_of_a_finished_call_is_good_for_nothing_and_leaves_a_record() {
        int before = service.trail.events().size();
        String nonce = service.calls.open(call("GET", "/api/items/1").build());
        service.calls.close(nonce);
        for (String forged : List.of(nonce, "", "x", "0".repeat(32), nonce + "," + nonce)) {
            HttpResponse<String> response = service.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + "/api/items/1"))
                            .header("Mcp-Guard-Call", forged)
                            .header("Authorization", "Bearer alice")
                            .build());
            assertThat(response.statusCode()).as(forged).isEqualTo(400);
            assertThat(response.body()).contains("\"code\":\"request-malformed\"");
        }

        assertThat(service.trail.events().subList(before, before + 5))
                .allSatisfy(event -> assertThat(event.verdict().detail()).isEqualTo("inner-call-not-open"));
    }

    @Test
    void a_nonce_is_good_for_the_request_of_its_call_only() {
        String nonce = service.calls.open(call("GET", "/api/items/1")
                .principal(new Principal("chief", Set.of("admin"), Principal.Source.GUARD, "key"))
                .build());
        int served = service.served().size();

        HttpResponse<String> other = service.send("GET", "/api/admin/secret", "Mcp-Guard-Call", nonce);

        assertThat(other.statusCode()).isEqualTo(400);
        assertThat(service.served()).hasSize(served);
    }
}
