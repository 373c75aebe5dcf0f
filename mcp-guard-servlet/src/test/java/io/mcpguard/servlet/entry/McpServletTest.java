package io.mcpguard.servlet.entry;

import static io.mcpguard.servlet.testbed.TestService.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.Channel;
import io.mcpguard.audit.Stage;
import io.mcpguard.servlet.InvokerChoice;
import io.mcpguard.servlet.testbed.TestService;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class McpServletTest {

    private TestService service =
            TestService.start(settings -> settings.mounted(mount -> mount.invoker(InvokerChoice.LOOPBACK)));

    @AfterEach
    void stop() {
        service.close();
    }

    private AuditEvent last() {
        List<AuditEvent> events = service.trail.events();
        return events.get(events.size() - 1);
    }

    @Test
    void a_call_over_mcp_runs_the_services_own_stack_as_the_keys_principal() {
        HttpResponse<String> response = service.execute("Bearer " + KEY, "getItem", ",\"path_params\":{\"id\":\"7\"}");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("robot");
        assertThat(service.trail.stages()).containsExactly(Stage.INTENT, Stage.OUTCOME);
        assertThat(last().channel()).isEqualTo(Channel.MCP);
        assertThat(service.served()).containsExactly("items");
    }

    @Test
    void the_services_authorization_judges_a_call_over_mcp() {
        HttpResponse<String> response = service.execute("Bearer " + KEY, "secret", "");

        assertThat(response.body()).contains("403");
        assertThat(service.served()).doesNotContain("secret");
        assertThat(last().result().httpStatus()).hasValue(403);
    }

    @Test
    void a_key_that_is_not_genuine_is_refused_in_words_of_the_protocol() {
        HttpResponse<String> response = service.execute("Bearer mcpg_forged", "getItem", "");

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(response.body()).contains("\"jsonrpc\":\"2.0\"").doesNotContain("key-unknown");
        assertThat(service.trail.stages()).containsExactly(Stage.DENIED);
        assertThat(last().verdict().detail()).isEqualTo("key-unknown");
        assertThat(last().method()).isEqualTo("tools/call");
        assertThat(service.served()).isEmpty();
    }

    @Test
    void nobody_without_a_credential() {
        HttpResponse<String> response = service.execute("", "getItem", ",\"path_params\":{\"id\":\"7\"}");

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(service.served()).isEmpty();
        assertThat(service.trail.stages()).containsExactly(Stage.DENIED);
    }

    @Test
    void a_cookie_is_no_login() {
        HttpResponse<String> login = service.send("GET", "/api/session", "Authorization", "Bearer alice");
        String cookie = login.headers().firstValue("Set-Cookie").orElseThrow().split(";", -1)[0];

        HttpResponse<String> response =
                service.mcp("", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}", "Cookie", cookie);

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(service.trail.stages()).containsExactly(Stage.DENIED);
    }

    @Test
    void a_body_over_the_limit_is_refused_whether_its_size_is_told_or_not() throws IOException {
        String large = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + "x".repeat(2 << 20) + "\"}";

        HttpResponse<String> told = service.mcp("Bearer " + KEY, large);

        assertThat(told.statusCode()).isEqualTo(413);
        assertThat(last().verdict().reason()).isEqualTo("request-too-large");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /mcp HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + KEY
                            + "\r\nContent-Type: application/json\r\nAccept: application/json\r\n"
                            + "Transfer-Encoding: chunked\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            byte[] chunk = ("10000\r\n" + "x".repeat(0x10000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            try {
                for (int i = 0; i < 24; i++) {
                    out.write(chunk);
                }
                out.flush();
            } catch (IOException e) {
                // The service may close while this still sends.
            }
            byte[] head = socket.getInputStream().readNBytes(12);
            assertThat(new String(head, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 413");
        }
        assertThat(service.trail.stages()).containsExactly(Stage.DENIED, Stage.DENIED);
    }

    @Test
    void other_methods_are_refused_on_record() {
        for (String method : List.of("GET", "DELETE", "PUT", "OPTIONS")) {
            HttpResponse<String> response = service.send(method, "/mcp", "Authorization", "Bearer " + KEY);
            assertThat(response.statusCode()).as(method).isEqualTo(405);
        }
        assertThat(service.trail.stages()).hasSize(4).containsOnly(Stage.DENIED);
    }

    @Test
    void fifty_calls_at_once_on_ten_threads_all_come_back() {
        List<CompletableFuture<HttpResponse<String>>> running = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            running.add(CompletableFuture.supplyAsync(
                    () -> service.execute("Bearer " + KEY, "slow", ",\"query_params\":{}"),
                    task -> new Thread(task).start()));
        }

        assertThat(running)
                .allSatisfy(call -> assertThat(call.join().statusCode()).isEqualTo(200));
        assertThat(service.send("GET", "/api/items/1", "Authorization", "Bearer alice")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_client_that_goes_away_leaves_the_record_complete() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":"
                    + "\"execute_endpoint\",\"arguments\":{\"endpoint_id\":\"async\"}}}";
            socket.getOutputStream()
                    .write(("POST /mcp HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + KEY
                                    + "\r\nContent-Type: application/json\r\nAccept: application/json\r\n"
                                    + "MCP-Protocol-Version: 2025-06-18\r\nContent-Length: " + body.length()
                                    + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
        }

        Awaitility.await()
                .untilAsserted(() -> assertThat(service.trail.stages()).containsExactly(Stage.INTENT, Stage.OUTCOME));
    }

    @Test
    void an_inner_call_cannot_reach_the_endpoint_again() {
        HttpResponse<String> response = service.mcp(
                "Bearer " + KEY,
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}",
                "Mcp-Guard-Call",
                "00000000000000000000000000000000");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(last().verdict().detail()).isEqualTo("inner-call-not-open");
    }

    @Test
    void a_host_callers_credential_goes_through_the_service_on_the_inner_call() {
        HttpResponse<String> response = service.execute("Bearer alice", "getItem", ",\"path_params\":{\"id\":\"7\"}");

        // The service of this test authenticates under /api only, so nobody is established on /mcp.
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(service.served()).isEmpty();
    }
}
