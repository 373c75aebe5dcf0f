package io.mcpguard.core.protocol;

import static io.mcpguard.core.protocol.OrdersEndpoint.META;
import static io.mcpguard.core.protocol.OrdersEndpoint.body;
import static io.mcpguard.core.protocol.OrdersEndpoint.code;
import static io.mcpguard.core.protocol.OrdersEndpoint.headers;
import static io.mcpguard.core.protocol.OrdersEndpoint.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.audit.Stage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Every way to be refused, in its HTTP form. A client takes an answer without a JSON-RPC body for one of a server of another era
 * or of something in between.
 */
class RefusalsTest {

    private static final String CALL = "\"name\":\"count\",\"arguments\":{}";
    private static final String V = "MCP-Protocol-Version: ";
    private static final List<String> MODERN = List.of(V + "2026-07-28", "Mcp-Method: tools/call", "Mcp-Name: count");

    /** What is sent to which server, and what comes back: status, code, and whether the id of the request is known by then. */
    record Case(
            String name,
            String method,
            List<String> lines,
            String body,
            Consumer<OrdersEndpoint> server,
            int status,
            int code,
            boolean echoed) {

        /** Names the case in reports. */
        @Override
        public String toString() {
            return status + " " + name;
        }
    }

    private static Case post(String name, int status, int code, boolean echoed, String body, String... lines) {
        return new Case(name, "POST", List.of(lines), body, server -> {}, status, code, echoed);
    }

    private static Case to(Consumer<OrdersEndpoint> server, Case any) {
        return new Case(
                any.name(), any.method(), any.lines(), any.body(), server, any.status(), any.code(), any.echoed());
    }

    private static String[] modern(String... changes) {
        return Stream.concat(
                        MODERN.stream()
                                .filter(line -> Stream.of(changes)
                                        .noneMatch(
                                                change -> change.startsWith(line.substring(0, line.indexOf(':') + 1)))),
                        Stream.of(changes))
                .toArray(String[]::new);
    }

    static Stream<Case> refusals() {
        String call = request("tools/call", META + "," + CALL);
        String legacy = request("tools/call", CALL);
        String address = call.replace("count", "address").replace("{}}}", "{\"region\":\"EU\"}}}");
        String unsupported = call.replace("2026-07-28", "v9");
        String batch = "[" + String.join(",", List.of(legacy, legacy)) + "]";
        Consumer<OrdersEndpoint> full = server -> server.orders.permits = 0;
        Consumer<OrdersEndpoint> blind = server -> server.orders.trailWorks = false;
        return Stream.of(
                post("not JSON", 400, -32700, false, "not json"),
                post("not UTF-8 JSON", 400, -32700, false, "{\"jsonrpc\":\"2.0\",}"),
                post("no message", 400, -32600, false, "{}"),
                post("another JSON-RPC", 400, -32600, true, legacy.replace("2.0", "1.0")),
                post("an empty batch", 400, -32600, false, "[]"),
                post("a batch too long", 400, -32600, false, "[" + (legacy + ",").repeat(20) + legacy + "]"),
                post("a batch in a later revision", 400, -32600, false, batch, V + "2025-06-18"),
                post("a batch of today", 400, -32600, false, batch, V + "2026-07-28"),
                post("a batch with today's metadata", 400, -32600, false, "[" + call + "]"),
                post("a reply to nothing", 400, -32600, false, "{\"jsonrpc\":\"2.0\",\"result\":{}}", V + "2026-07-28"),
                post("no version header", 400, -32020, true, call, modern(V + "(none)")),
                post("another version header", 400, -32020, true, call, modern(V + "2025-11-25")),
                post("another method header", 400, -32020, true, call, modern("Mcp-Method: ping")),
                post("another name header", 400, -32020, true, call, modern("Mcp-Name: cancel")),
                post("no parameter header", 400, -32020, true, address, modern("Mcp-Name: address")),
                post("no metadata", 400, -32602, true, legacy, modern()),
                post("an unknown version", 400, -32022, true, unsupported, modern(V + "v9")),
                post("an unknown legacy version", 400, -32022, true, legacy, V + "1999-01-01"),
                post(
                        "a capability missing",
                        400,
                        -32021,
                        true,
                        call.replace("count", "cancel"),
                        modern("Mcp-Name: cancel")),
                post("no credential", 401, 40100, true, call, modern("Authorization: (none)")),
                post("a wrong key", 401, 40100, true, call, modern("Authorization: Bearer key:wrong")),
                post("a scheme alone", 401, 40100, true, call, modern("Authorization: Bearer")),
                post("another profile", 403, 40301, true, call, modern("X-Profile-ID: reader")),
                post("a foreign origin", 403, 40307, false, call, modern("Origin: http://evil.example.com")),
                post("a foreign host", 403, 40308, false, call, modern("Host: evil.example.com")),
                post(
                        "an unknown method",
                        404,
                        -32601,
                        true,
                        request("no/such", META),
                        V + "2026-07-28",
                        "Mcp-Method: no/such"),
                post("a session that is gone", 404, 40401, true, legacy, "Mcp-Session-Id: 7"),
                new Case("a GET", "GET", List.of(), "", server -> {}, 405, 40500, false),
                new Case("a DELETE", "DELETE", List.of("Mcp-Session-Id: 7"), "", server -> {}, 405, 40500, false),
                post("an Accept of neither", 406, 40600, false, call, modern("Accept: text/html")),
                post(
                        "listening without events",
                        406,
                        40600,
                        true,
                        request("subscriptions/listen", META),
                        V + "2026-07-28",
                        "Mcp-Method: subscriptions/listen",
                        "Accept: application/json"),
                post("too large", 413, 41300, false, "\"" + "x".repeat(1 << 20) + "\""),
                post("a form", 415, 41500, false, call, modern("Content-Type: application/x-www-form-urlencoded")),
                post("a packed body", 415, 41500, false, call, modern("Content-Encoding: gzip")),
                to(full, post("too many lists", 429, 42900, true, request("tools/list", ""))),
                to(
                        full,
                        post(
                                "too many prompts",
                                429,
                                42900,
                                true,
                                request("prompts/get", "\"name\":\"greet\",\"arguments\":{\"name\":\"x\"}"))),
                to(full, post("too many flaws", 429, 42900, true, legacy, V + "1999-01-01")),
                to(full, post("too many from nowhere", 429, 42901, false, call, modern("Host: evil.example.com"))),
                to(
                        full,
                        post("too many wrong keys", 429, 42901, true, call, modern("Authorization: Bearer key:wrong"))),
                to(blind, post("a list unrecorded", 503, 50300, true, request("tools/list", ""))),
                to(blind, post("a flaw unrecorded", 503, 50300, false, "not json")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void a_refusal_is_json_rpc_and_on_record_and_runs_nothing(Case refused) {
        OrdersEndpoint server = new OrdersEndpoint();
        OrdersFeatures features = OrdersFeatures.at(server);
        refused.server().accept(server);

        McpResponse response = server.send(
                refused.method(),
                headers(refused.lines().toArray(String[]::new)),
                refused.body().getBytes(StandardCharsets.UTF_8));

        JsonNode answer = body(response);
        assertThat(response.status()).isEqualTo(refused.status());
        assertThat(response.header("Content-Type")).contains("application/json");
        assertThat(response.header("Cache-Control")).contains("no-store");
        assertThat(answer.path("jsonrpc").stringValue("")).isEqualTo("2.0");
        assertThat(answer.has("result")).isFalse();
        assertThat(code(response)).isEqualTo(refused.code());
        assertThat(answer.at("/error/message").stringValue("")).endsWith(".");
        assertThat(answer.path("id").intValue(-1)).isEqualTo(refused.echoed() ? 7 : -1);
        assertThat(response.header("WWW-Authenticate").isPresent()).isEqualTo(refused.status() == 401);
        assertThat(response.header("Retry-After").isPresent()).isEqualTo(refused.status() == 429);
        assertThat(response.header("Allow").isPresent()).isEqualTo(refused.status() == 405);
        assertThat(server.orders.calls).isEmpty();
        // Only a feature itself can say what it needs of the client.
        assertThat(features.ran).hasSize(refused.code() == RpcError.CAPABILITY_MISSING ? 1 : 0);
        assertThat(server.orders.inFlight).isZero();
        if (server.orders.trailWorks) {
            assertThat(server.orders.last().stage())
                    .isEqualTo(refused.code() == RpcError.CAPABILITY_MISSING ? Stage.OUTCOME : Stage.DENIED);
        }
    }
}
