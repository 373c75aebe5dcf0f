package io.mcpguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class McpTestClientTest {

    private static final String META = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{},"
            + "\"io.modelcontextprotocol/clientInfo\":{\"name\":\"mcp-guard-testkit\",\"version\":\"0.1\"}}";

    private record Received(Map<String, List<String>> headers, String body) {}

    private final List<Received> received = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private URI endpoint;
    private volatile int status = 200;
    private volatile String type = "application/json";
    private volatile String answer = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/mcp", exchange -> {
            Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            headers.putAll(exchange.getRequestHeaders());
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            received.add(new Received(headers, exchange.getRequestMethod() + " " + body));
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", type);
            exchange.getResponseHeaders().add("Mcp-Session-Id", "session-1");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/mcp");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void a_modern_call_says_by_itself_what_it_is() {
        McpAnswer got = McpTestClient.modern(endpoint)
                .bearer("mcpg_test")
                .client("claude")
                .profile("reader")
                .callTool("execute_endpoint", "{\"endpoint_id\":\"getOrder\"}");

        assertThat(got.status()).isEqualTo(200);
        assertThat(got.message()).isEqualTo(answer);
        assertThat(received).hasSize(1);
        assertThat(received.get(0).body())
                .isEqualTo("POST {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{"
                        + "\"name\":\"execute_endpoint\",\"arguments\":{\"endpoint_id\":\"getOrder\"}," + META + "}}");
        assertThat(received.get(0).headers())
                .containsEntry("MCP-Protocol-Version", List.of("2026-07-28"))
                .containsEntry("Mcp-Method", List.of("tools/call"))
                .containsEntry("Mcp-Name", List.of("execute_endpoint"))
                .containsEntry("Authorization", List.of("Bearer mcpg_test"))
                .containsEntry("X-Client-ID", List.of("claude"))
                .containsEntry("X-Profile-ID", List.of("reader"))
                .containsEntry("Content-Type", List.of("application/json"))
                .containsEntry("Accept", List.of("application/json, text/event-stream"))
                .doesNotContainKey("Mcp-Session-Id");
    }

    @Test
    void modern_requests_without_a_name_send_none() {
        McpTestClient client = McpTestClient.modern(endpoint);

        client.discover();
        client.listTools();
        client.listTools("page \"2\"");

        assertThat(received)
                .extracting(Received::body)
                .containsExactly(
                        "POST {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"server/discover\",\"params\":{" + META + "}}",
                        "POST {\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\",\"params\":{" + META + "}}",
                        "POST {\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/list\",\"params\":{"
                                + "\"cursor\":\"page \\\"2\\\"\"," + META + "}}");
        assertThat(received).noneMatch(each -> each.headers().containsKey("Mcp-Name"));
    }

    @Test
    void a_legacy_conversation_begins_with_a_handshake_and_keeps_its_session() {
        McpTestClient client = McpTestClient.legacy(endpoint).bearer("mcpg_test");

        client.initialize();
        client.listTools();
        client.callTool("list_collections", "{}");

        assertThat(received)
                .extracting(Received::body)
                .containsExactly(
                        "POST {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{"
                                + "\"protocolVersion\":\"2025-06-18\",\"capabilities\":{},"
                                + "\"clientInfo\":{\"name\":\"mcp-guard-testkit\",\"version\":\"0.1\"}}}",
                        "POST {\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}",
                        "POST {\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\",\"params\":{}}",
                        "POST {\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/call\",\"params\":{"
                                + "\"name\":\"list_collections\",\"arguments\":{}}}");
        assertThat(received.get(0).headers()).doesNotContainKeys("MCP-Protocol-Version", "Mcp-Session-Id");
        assertThat(received.subList(1, 4))
                .allSatisfy(each -> assertThat(each.headers())
                        .containsEntry("MCP-Protocol-Version", List.of("2025-06-18"))
                        .containsEntry("Mcp-Session-Id", List.of("session-1"))
                        .containsEntry("Authorization", List.of("Bearer mcpg_test"))
                        .doesNotContainKey("Mcp-Method"));
    }

    @Test
    void a_handshake_that_is_refused_is_not_completed() {
        status = 401;

        McpAnswer got = McpTestClient.legacy(endpoint).initialize();

        assertThat(got.status()).isEqualTo(401);
        assertThat(received).hasSize(1);
    }

    @Test
    void a_modern_client_has_no_handshake() {
        assertThatThrownBy(() -> McpTestClient.modern(endpoint).initialize()).isInstanceOf(IllegalStateException.class);
        assertThat(received).isEmpty();
    }

    @Test
    void the_answer_in_an_event_stream_is_its_last_message() {
        type = "text/event-stream";
        String progress = "data: {\"method\":\"notifications/progress\"}";
        String first = "data: {\"id\":1,";
        String second = "data: \"result\":{}}";
        answer = String.join("\n", ": keep-alive", "", progress, "")
                + String.join("\r\n", "", "event: message", first, second, "", "");

        McpAnswer got = McpTestClient.modern(endpoint).listTools();

        assertThat(got.message()).isEqualTo("{\"id\":1,\n\"result\":{}}");
        assertThat(got.header("mcp-session-id")).contains("session-1");
        assertThat(got.header("X-None")).isEmpty();
    }

    @Test
    void texts_are_escaped_in_the_body_and_encoded_in_the_header() {
        McpTestClient.modern(endpoint).callTool("caf\u00e9 \"x\"\n", "{}");

        assertThat(received.get(0).body()).contains("\"name\":\"caf\\u00e9 \\\"x\\\"\\u000a\"");
        assertThat(received.get(0).headers()).containsEntry("Mcp-Name", List.of("=?base64?Y2Fmw6kgIngiCg==?="));
    }

    @Test
    void headers_can_be_forged_and_bodies_sent_as_they_are() {
        McpTestClient.modern(endpoint).header("mcp-method", "tools/list").callTool("a", "{}");
        McpTestClient.modern(endpoint).header("Content-Type", "text/plain").post("not json");

        assertThat(received.get(0).headers()).containsEntry("Mcp-Method", List.of("tools/list"));
        assertThat(received.get(1).body()).isEqualTo("POST not json");
        assertThat(received.get(1).headers())
                .containsEntry("Content-Type", List.of("text/plain"))
                .doesNotContainKeys("MCP-Protocol-Version", "Mcp-Method");
    }

    @Test
    void its_text_names_no_credential() {
        assertThat(McpTestClient.modern(endpoint).bearer("mcpg_secret"))
                .asString()
                .doesNotContain("mcpg_secret");
    }
}
