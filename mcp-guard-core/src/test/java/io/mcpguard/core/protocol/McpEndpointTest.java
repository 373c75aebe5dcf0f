package io.mcpguard.core.protocol;

import static io.mcpguard.core.protocol.OrdersEndpoint.META;
import static io.mcpguard.core.protocol.OrdersEndpoint.body;
import static io.mcpguard.core.protocol.OrdersEndpoint.code;
import static io.mcpguard.core.protocol.OrdersEndpoint.headers;
import static io.mcpguard.core.protocol.OrdersEndpoint.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditResult.Outcome;
import io.mcpguard.audit.Stage;
import io.mcpguard.core.tool.OrdersTools;
import io.mcpguard.credential.Principal;
import io.mcpguard.decision.Reason;
import io.mcpguard.invocation.HttpField;
import io.mcpguard.invocation.OperationResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quicktheories.WithQuickTheories;
import tools.jackson.databind.JsonNode;

class McpEndpointTest implements WithQuickTheories {

    private static final String GET_7 =
            "\"name\":\"execute_endpoint\",\"arguments\":{\"endpoint_id\":\"getOrder\",\"path_params\":{\"orderId\":7}}";
    private static final String EXECUTE = "Mcp-Name: execute_endpoint";

    private final OrdersEndpoint server = new OrdersEndpoint();
    private final OrdersTools orders = server.orders;

    @Test
    void a_modern_call_reaches_the_service_once_and_is_stamped() {
        McpResponse response = server.modern("tools/call", "," + GET_7, EXECUTE);

        JsonNode result = body(response).path("result");
        assertThat(response.status()).isEqualTo(200);
        assertThat(result.path("structuredContent").path("body").toString()).isEqualTo("{\"ok\":true}");
        assertThat(result.path("content").path(0).path("text").stringValue(""))
                .isEqualTo(result.path("structuredContent").toString());
        assertThat(result.path("isError").booleanValue()).isFalse();
        assertThat(result.path("resultType").stringValue("")).isEqualTo("complete");
        assertThat(result.at("/_meta/io.modelcontextprotocol~1serverInfo/name").stringValue(""))
                .isEqualTo("orders");
        assertThat(orders.calls).hasSize(1);
        assertThat(orders.calls.get(0).rawPath()).isEqualTo("/api/orders/7");
        assertThat(orders.records).extracting(AuditEvent::stage).containsExactly(Stage.INTENT, Stage.OUTCOME);
        assertThat(orders.last().source().protocolVersion()).contains("2026-07-28");
    }

    @ParameterizedTest
    @CsvSource({"2025-03-26, false", "2025-06-18, true", "2025-11-25, true"})
    void a_legacy_call_is_not_stamped_and_gets_what_its_revision_knows(String version, boolean structured) {
        JsonNode result = body(server.post(request("tools/call", GET_7), "MCP-Protocol-Version: " + version))
                .path("result");

        assertThat(result.has("structuredContent")).isEqualTo(structured);
        assertThat(result.path("content").path(0).path("text").stringValue("")).contains("\"ok\":true");
        assertThat(result.has("resultType") || result.has("_meta")).isFalse();
        assertThat(orders.calls).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"2025-03-26, false", "2025-06-18, true", "2025-11-25, true"})
    void a_legacy_list_of_tools_has_what_its_revision_knows(String version, boolean structured) {
        JsonNode result = body(server.post(request("tools/list", ""), "MCP-Protocol-Version: " + version))
                .path("result");

        assertThat(result.propertyNames()).containsExactly("tools");
        for (JsonNode tool : result.path("tools")) {
            assertThat(tool.has("outputSchema")).isEqualTo(structured);
            assertThat(tool.has("title")).isEqualTo(structured);
            assertThat(tool.path("annotations").size()).isEqualTo(5);
        }
    }

    @Test
    void a_modern_list_of_tools_says_how_long_it_may_be_kept_and_that_it_is_private() {
        JsonNode result = body(server.modern("tools/list", "")).path("result");

        assertThat(result.path("tools")
                        .valueStream()
                        .map(tool -> tool.path("name").stringValue("")))
                .containsExactly("list_collections", "list_endpoints", "endpoint_details", "execute_endpoint");
        assertThat(result.path("ttlMs").longValue()).isEqualTo(300_000);
        assertThat(result.path("cacheScope").stringValue("")).isEqualTo("private");
        assertThat(orders.records).hasSize(1);
        assertThat(orders.last().method()).isEqualTo("tools/list");
        assertThat(orders.last().result().outcome()).isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void discovery_names_modern_versions_only_and_keeps_server_info_out_of_the_body() {
        JsonNode result = body(server.modern("server/discover", "")).path("result");

        assertThat(result.path("supportedVersions").toString()).isEqualTo("[\"2026-07-28\"]");
        assertThat(result.path("capabilities").toString()).isEqualTo("{\"tools\":{\"listChanged\":true}}");
        assertThat(result.has("serverInfo")).isFalse();
        assertThat(result.has("ttlMs") && result.has("cacheScope")).isTrue();
        assertThat(orders.last().method()).isEqualTo("server/discover");
    }

    @Test
    void the_trace_of_a_caller_goes_on_in_the_service_and_its_baggage_does_not() {
        String parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        String traced = META.replace(
                "\"_meta\":{",
                "\"_meta\":{\"traceparent\":\"" + parent + "\",\"tracestate\":\"a=1\",\"baggage\":\"role=admin\",");
        server.post(
                request("tools/call", traced + "," + GET_7),
                "MCP-Protocol-Version: 2026-07-28",
                "Mcp-Method: tools/call",
                EXECUTE,
                "traceparent: 00-11111111111111111111111111111111-2222222222222222-00");
        server.modern("tools/call", "," + GET_7, EXECUTE, "traceparent: 00-00000000000000000000000000000000-1-00");

        assertThat(orders.calls.get(0).headers())
                .contains(new HttpField("traceparent", parent), new HttpField("tracestate", "a=1"))
                .noneMatch(field -> field.isNamed("baggage"));
        assertThat(orders.calls.get(1).headers()).noneMatch(field -> field.isNamed("traceparent"));
        assertThat(orders.last().source().traceparent()).isEmpty();
    }

    @Test
    void ping_is_answered_with_nothing_at_all() {
        assertThat(body(server.post(request("ping", ""))).path("result").toString())
                .isEqualTo("{}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7",
                "0",
                "-3",
                "1700000000000",
                "123456789012345678901234567890",
                "\"7\"",
                "\"\"",
                "\"\u00e9 \\\" \\n\""
            })
    void the_id_comes_back_in_its_type_and_digits(String id) {
        String ok = new String(
                server.post(request("ping", "").replace("\"id\":7", "\"id\":" + id))
                        .body(),
                StandardCharsets.UTF_8);
        String error = new String(
                server.post(request("no/such", "").replace("\"id\":7", "\"id\":" + id))
                        .body(),
                StandardCharsets.UTF_8);

        assertThat(ok).startsWith("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",");
        assertThat(error).startsWith("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE", "PUT", "PATCH", "HEAD", "OPTIONS", "TRACE", "post", "X<script>"})
    void other_http_methods_are_refused_with_the_one_that_is_not(String method) {
        McpResponse response = server.send(method, headers(), new byte[0]);

        assertThat(response.status()).isEqualTo(405);
        assertThat(response.header("Allow")).contains("POST");
        assertThat(code(response)).isEqualTo(40500);
        assertThat(orders.last().verdict().detail()).isEqualTo("http-method");
        assertThat(orders.last().caller().profileId()).isEqualTo("writer");
        assertThat(server.send(method, headers("Authorization: (none)"), new byte[0])
                        .status())
                .isEqualTo(405);
        assertThat(orders.last().caller().profileId()).isEqualTo("anonymous");
        assertThat(server.send(method, headers("Authorization: Bearer key:wrong"), new byte[0])
                        .status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: text/plain",
                "Content-Type: (none)",
                "Content-Type: application/x-www-form-urlencoded",
                "Content-Type: application/json; charset=iso-8859-1",
                "Content-Type: application/json; charset=utf-16",
                "Content-Type: application/jsonp",
                "Content-Encoding: gzip"
            })
    void other_content_is_refused(String line) {
        McpResponse response = server.post(request("tools/list", ""), line);

        assertThat(response.status()).isEqualTo(415);
        assertThat(code(response)).isEqualTo(41500);
        assertThat(orders.records).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: application/json; charset=UTF-8",
                "Content-Type: APPLICATION/JSON;charset=\"utf-8\"",
                "Content-Encoding: identity",
                "Accept: (none)",
                "Accept: */*",
                "Accept: application/json",
                "Accept: text/event-stream",
                "Accept: text/html, application/*;q=0.2"
            })
    void content_that_is_json_is_taken(String line) {
        assertThat(server.post(request("ping", ""), line).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/json;q=0, text/html", "*/*;q=0.0", "image/*"})
    void a_client_that_takes_neither_type_gets_406(String accept) {
        McpResponse response = server.post(request("ping", ""), "Accept: " + accept);

        assertThat(response.status()).isEqualTo(406);
        assertThat(code(response)).isEqualTo(40600);
    }

    @ParameterizedTest
    @CsvSource({
        "Host: evil.example.com, 403, 40308",
        "Host: localhost.evil.example.com, 403, 40308",
        "Host: localhost@evil.example.com, 403, 40308",
        "Origin: http://evil.example.com, 403, 40307",
        "Origin: null, 403, 40307",
        "Origin: http://localhost.evil.example.com, 403, 40307"
    })
    void foreign_hosts_and_origins_are_refused_before_anything_else(String line, int status, int code) {
        for (String method : List.of("POST", "GET", "OPTIONS", "DELETE")) {
            McpResponse response = server.send(method, headers(line), "not json".getBytes(StandardCharsets.UTF_8));

            assertThat(response.status()).isEqualTo(status);
            assertThat(code(response)).isEqualTo(code);
            assertThat(body(response).has("id")).isFalse();
        }
        assertThat(orders.records).hasSize(4).allMatch(event -> event.stage() == Stage.DENIED);
    }

    @Test
    void nobody_is_told_to_authenticate_and_nothing_of_the_body_counts() {
        for (String sent : List.of(request("tools/list", META), request("initialize", ""), "not json", "[]", "{}")) {
            McpResponse response = server.post(sent, "Authorization: (none)");

            assertThat(response.status()).isEqualTo(401);
            assertThat(response.header("WWW-Authenticate")).contains("Bearer");
            assertThat(code(response)).isEqualTo(40100);
        }
        assertThat(orders.records)
                .hasSize(5)
                .allMatch(event -> event.verdict().reason().equals("unauthenticated"));
    }

    @Test
    void a_wrong_key_is_called_invalid_and_the_id_of_the_request_comes_back() {
        McpResponse response = server.post(request("tools/list", ""), "Authorization: Bearer key:wrong");

        assertThat(response.status()).isEqualTo(401);
        assertThat(response.header("WWW-Authenticate")).contains("Bearer error=\"invalid_token\"");
        assertThat(body(response).path("id").intValue()).isEqualTo(7);
        assertThat(body(response).toString()).doesNotContain("key:wrong").doesNotContain("key-unknown");
        assertThat(orders.last().verdict().detail()).isEqualTo("key-unknown");
        assertThat(orders.last().method()).isEqualTo("tools/list");
    }

    @Test
    void credentials_and_profile_headers_are_taken_once_or_not_at_all() {
        assertThat(server.send("POST", twice("Authorization", "Bearer key:reader"), ping())
                        .status())
                .isEqualTo(401);
        assertThat(server.post(request("ping", ""), "Authorization: Bearer").status())
                .isEqualTo(401);
        assertThat(server.post(request("ping", ""), "X-Profile-ID: writer", "X-Profile-ID: writer")
                        .status())
                .isEqualTo(403);
        McpResponse other = server.post(request("ping", ""), "X-Profile-ID: reader");
        assertThat(other.status()).isEqualTo(403);
        assertThat(code(other)).isEqualTo(40301);
        assertThat(server.post(request("ping", ""), "X-Profile-ID: writer", "X-Client-ID: claude")
                        .status())
                .isEqualTo(200);
        assertThat(orders.records).hasSize(4);
    }

    private static List<HttpField> twice(String name, String value) {
        var all = new ArrayList<>(headers());
        all.add(new HttpField(name, value));
        return all;
    }

    private static byte[] ping() {
        return request("ping", "").getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Mcp-Name: list_collections",
                "Mcp-Name: EXECUTE_ENDPOINT",
                "Mcp-Name: (none)",
                "Mcp-Name: execute_endpoint, execute_endpoint",
                "Mcp-Name: =?base64?ZXhlY3V0ZV9lbmRwb2ludA?=", // padding missing
                "Mcp-Name: =?base64?ZXhlY3V0ZV9lbmRwb2ludB==?=", // stray bits
                "Mcp-Name: =?base64?ZXhlY3V0ZV9l*W5kcG9pbnQ=?=",
                "Mcp-Name: =?BASE64?ZXhlY3V0ZV9lbmRwb2ludA==?=",
                "Mcp-Name: ZXhlY3V0ZV9lbmRwb2ludA==",
                "Mcp-Name: =?base64?ZXhlY3V0ZV9lbmRwb2ludA=="
            })
    void a_name_header_that_differs_from_the_body_executes_nothing(String line) {
        McpResponse response = server.modern("tools/call", "," + GET_7, line);

        assertThat(response.status()).isEqualTo(400);
        assertThat(code(response)).isEqualTo(-32020);
        assertThat(orders.calls).isEmpty();
        assertThat(orders.records).hasSize(1);
        assertThat(orders.last().stage()).isEqualTo(Stage.DENIED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"execute_endpoint", "  execute_endpoint\t", "=?base64?ZXhlY3V0ZV9lbmRwb2ludA==?="})
    void a_name_header_may_be_padded_or_encoded(String value) {
        assertThat(server.modern("tools/call", "," + GET_7, "mcp-name: " + value)
                        .status())
                .isEqualTo(200);
        assertThat(orders.calls).hasSize(1);
    }

    @Test
    void a_method_header_that_is_missing_different_repeated_or_encoded_executes_nothing() {
        String call = request("tools/call", META + "," + GET_7);
        for (String line : List.of(
                "Mcp-Method: tools/list",
                "Mcp-Method: TOOLS/CALL",
                "X-Nothing: 1",
                "Mcp-Method: =?base64?dG9vbHMvY2FsbA==?=")) {
            McpResponse response = server.post(call, "MCP-Protocol-Version: 2026-07-28", EXECUTE, line);
            assertThat(response.status()).isEqualTo(400);
            assertThat(code(response)).isEqualTo(-32020);
        }
        McpResponse repeated = server.modern("tools/call", "," + GET_7, EXECUTE, "Mcp-Method: tools/call");
        McpResponse versions = server.modern("tools/call", "," + GET_7, EXECUTE, "MCP-Protocol-Version: 2026-07-28");
        McpResponse names = server.modern("tools/call", "," + GET_7, EXECUTE, EXECUTE);
        assertThat(List.of(repeated, versions, names)).allMatch(r -> r.status() == 400 && code(r) == -32020);
        assertThat(orders.calls).isEmpty();
        assertThat(orders.records).hasSize(7);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"name\":\"delete_everything\"",
                "\"name\":\"Execute_endpoint\"",
                "\"name\":7",
                "\"arguments\":{}",
                "\"name\":\"list_collections\",\"arguments\":[]",
                "\"name\":\"list_collections\",\"arguments\":\"{}\""
            })
    void a_tool_call_that_is_none_is_an_error_of_its_own_and_on_record(String params) {
        McpResponse response = server.post(request("tools/call", params), "MCP-Protocol-Version: 2025-11-25");

        assertThat(response.status()).isEqualTo(200);
        assertThat(code(response)).isEqualTo(-32602);
        assertThat(orders.last().stage()).isEqualTo(Stage.DENIED);
        assertThat(orders.calls).isEmpty();
    }

    @Test
    void a_tool_call_without_arguments_has_none() {
        JsonNode result = body(server.post(request("tools/call", "\"name\":\"list_collections\"")))
                .path("result");

        assertThat(result.path("isError").booleanValue()).isFalse();
    }

    @Test
    void made_up_cursors_and_log_levels_are_refused_in_protocol() {
        assertThat(code(server.post(request("tools/list", "\"cursor\":\"\"")))).isEqualTo(-32602);
        String meta = META.replace("{}", "{},\"io.modelcontextprotocol/logLevel\":\"loud\"");
        McpResponse level =
                server.post(request("tools/list", meta), "MCP-Protocol-Version: 2026-07-28", "Mcp-Method: tools/list");
        assertThat(level.status()).isEqualTo(200);
        assertThat(code(level)).isEqualTo(-32602);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\",\"method\":\"tools/call\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}{}",
                "{\"jsonrpc\":\"2.0\",\"id\":NaN,\"method\":\"ping\"}",
                "\uFEFF{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\",\"params\":{\"x\":\"\\uD800\"}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1E999999999,\"method\":\"ping\"}"
            })
    void documents_that_parsers_read_differently_are_refused(String sent) {
        McpResponse response = server.post(sent);

        assertThat(response.status()).isEqualTo(400);
        assertThat(code(response)).isEqualTo(-32700);
        assertThat(body(response).has("id")).isFalse();
        assertThat(orders.last().verdict().detail()).startsWith("json-");
    }

    @Test
    void members_that_differ_in_case_are_not_those_of_the_protocol() {
        McpResponse response = server.post(request("tools/call", GET_7.replace("\"name\"", "\"Name\"")));

        assertThat(code(response)).isEqualTo(-32602);
        assertThat(orders.calls).isEmpty();
    }

    @Test
    void a_body_that_is_too_large_is_refused_by_endpoint_and_mount_alike() {
        McpResponse response = server.post("\"" + "x".repeat(1 << 20) + "\"");
        McpResponse mount = server.endpoint()
                .refuse(
                        new McpRequest("POST", headers(), new byte[0], OrdersTools.ORIGIN, server.host),
                        Reason.REQUEST_TOO_LARGE);

        assertThat(List.of(response, mount)).allMatch(r -> r.status() == 413 && code(r) == 41300);
        assertThat(orders.records).hasSize(2).allMatch(e -> e.verdict().reason().equals("request-too-large"));
    }

    @Test
    void each_element_of_a_batch_is_served_and_recorded_on_its_own() {
        String delete = GET_7.replace("getOrder", "deleteOrder");
        String batch = "["
                + String.join(
                        ",",
                        request("tools/call", GET_7),
                        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\"}",
                        request("tools/call", delete).replace(":7,\"method", ":8,\"method"),
                        request("initialize", "").replace(":7,\"method", ":9,\"method"),
                        "[]",
                        request("no/such", "").replace(":7,\"method", ":10,\"method"))
                + "]";

        JsonNode answers = body(server.post(batch));

        assertThat(answers.valueStream().map(answer -> answer.path("id").asString("none")))
                .containsExactly("7", "8", "9", "none", "10");
        assertThat(answers.path(1).at("/result/isError").booleanValue()).isTrue();
        assertThat(answers.valueStream().map(answer -> answer.at("/error/code").intValue(0)))
                .containsExactly(0, 0, -32600, -32600, -32601);
        assertThat(orders.calls).hasSize(1);
        assertThat(orders.records)
                .extracting(AuditEvent::stage)
                .containsExactly(Stage.INTENT, Stage.OUTCOME, Stage.DENIED, Stage.DENIED, Stage.DENIED, Stage.DENIED);
        assertThat(orders.records.get(2).source().rpcId()).contains("8");
    }

    @Test
    void a_batch_counts_against_the_limit_call_by_call_and_is_bounded() {
        orders.permits = 2;
        String call = request("tools/call", GET_7);

        JsonNode answers = body(server.post("[" + String.join(",", call, call, call) + "]"));
        orders.permits = 1;
        McpResponse tooMany = server.post("[" + "7,".repeat(20) + "7]");

        assertThat(orders.calls).hasSize(2);
        assertThat(answers.at("/2/result/isError").booleanValue()).isTrue();
        assertThat(tooMany.status()).isEqualTo(400);
        assertThat(code(tooMany)).isEqualTo(-32600);
    }

    @Test
    void a_limit_on_listings_is_429_with_the_wait() {
        orders.permits = 0;

        McpResponse response = server.modern("tools/list", "");

        assertThat(response.status()).isEqualTo(429);
        assertThat(response.header("Retry-After")).contains("2");
        assertThat(code(response)).isEqualTo(42900);
        assertThat(body(response).at("/error/data/retry_after_seconds").intValue())
                .isEqualTo(2);
    }

    @Test
    void malformed_messages_of_a_caller_and_of_nobody_are_limited_too() {
        orders.permits = 0;

        McpResponse known = server.post("{}");
        McpResponse unknown = server.send("GET", headers("Authorization: (none)"), new byte[0]);
        McpResponse foreign = server.post("{}", "Origin: http://evil.example.com");

        assertThat(List.of(known, unknown, foreign)).allMatch(r -> r.status() == 429);
        assertThat(List.of(code(known), code(unknown), code(foreign))).containsExactly(42900, 42901, 42901);
        assertThat(known.header("Retry-After")).contains("2");
    }

    @Test
    void nothing_is_served_that_cannot_be_recorded() {
        orders.trailWorks = false;

        assertThat(server.modern("tools/list", "").status()).isEqualTo(503);
        assertThat(code(server.modern("server/discover", ""))).isEqualTo(50300);
        assertThat(server.post("not json").status()).isEqualTo(503);
        assertThat(server.send("GET", headers(), new byte[0]).status()).isEqualTo(503);
        JsonNode call = body(server.modern("tools/call", "," + GET_7, EXECUTE)).path("result");
        assertThat(call.path("isError").booleanValue()).isTrue();
        assertThat(call.at("/structuredContent/body/code").stringValue("")).isEqualTo("audit-unavailable");
        assertThat(orders.calls).isEmpty();
        assertThat(orders.inFlight).isZero();
    }

    @Test
    void what_breaks_inside_is_a_fixed_sentence_and_an_id_that_the_record_has() {
        server.host = () -> {
            throw new IllegalStateException("jdbc:postgresql://db.internal/secret");
        };
        McpResponse identify = server.post(request("ping", ""), "Authorization: Basic eDp5");
        assertThat(identify.status()).isEqualTo(503);

        orders.service = call -> {
            throw new IllegalStateException("jdbc:postgresql://db.internal/secret");
        };
        McpResponse call = server.modern("tools/call", "," + GET_7, EXECUTE);

        for (McpResponse response : List.of(identify, call)) {
            assertThat(new String(response.body(), StandardCharsets.UTF_8))
                    .doesNotContain("jdbc")
                    .doesNotContain("Exception")
                    .contains("urn:uuid:"
                            + (response == call
                                    ? orders.last().callId()
                                    : orders.records.get(0).callId()));
        }
        assertThat(orders.last().result().outcome()).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void an_unforeseen_failure_is_an_internal_error_in_protocol() {
        orders.rules.add((caller, operation) -> {
            throw new StackOverflowError("at com.example.Rule.decide(Rule.java:7)");
        });

        McpResponse response = server.post(request("tools/call", "\"name\":\"list_endpoints\""));

        assertThat(response.status()).isEqualTo(200);
        assertThat(code(response)).isEqualTo(-32603);
        assertThat(body(response).path("id").intValue()).isEqualTo(7);
        assertThat(body(response).toString()).doesNotContain("com.example");
        assertThat(body(response).at("/error/data/instance").stringValue(""))
                .isEqualTo("urn:uuid:" + orders.last().callId());
        assertThat(orders.last().verdict().detail()).isEqualTo("unforeseen-failure");
        assertThat(orders.last().caller().profileId()).isEqualTo("writer");
    }

    @Test
    void the_calling_thread_does_not_wait_for_the_service() {
        CompletableFuture<OperationResult> pending = new CompletableFuture<>();
        orders.service = call -> pending;

        var answer = server.endpoint()
                .handle(new McpRequest(
                        "POST",
                        headers(),
                        request("tools/call", GET_7).getBytes(StandardCharsets.UTF_8),
                        OrdersTools.ORIGIN,
                        server.host))
                .toCompletableFuture();

        assertThat(answer).isNotDone();
        assertThat(orders.records).extracting(AuditEvent::stage).containsExactly(Stage.INTENT);
        pending.complete(OrdersTools.json(404, "{\"title\":\"no such order\"}"));
        assertThat(answer).isDone();
        assertThat(orders.last().result().outcome()).isEqualTo(Outcome.FAILURE);
        assertThat(body(answer.join()).at("/result/isError").booleanValue()).isTrue();
    }

    @Test
    void a_principal_of_the_service_is_judged_by_its_own_credential_and_a_key_never_leaves_the_guard() {
        server.host = () -> Optional.of(new Principal("alice-reader", Set.of(), Principal.Source.HOST, ""));
        server.post(request("tools/call", GET_7), "Authorization: Basic YWxpY2U6c2VjcmV0");
        server.post(request("tools/call", GET_7));

        assertThat(orders.calls).hasSize(2);
        assertThat(orders.calls.get(0).headers())
                .anyMatch(f -> f.isNamed("Authorization") && f.value().equals("Basic YWxpY2U6c2VjcmV0"));
        assertThat(orders.calls.get(0).principal()).isEmpty();
        assertThat(orders.calls.get(1).headers()).noneMatch(f -> f.isNamed("Authorization"));
        assertThat(orders.calls.get(1).principal().orElseThrow().name()).isEqualTo("svc-writer");
    }

    @Test
    void what_a_client_says_of_itself_is_recorded_cut_and_without_control_characters() {
        String meta = META.replace(
                "{}",
                "{},\"io.modelcontextprotocol/clientInfo\":{\"name\":\"a\\r\\nb\\u001b[31m" + "x".repeat(500)
                        + "\",\"version\":\"1\"},\"traceparent\":\"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\"");
        server.post(
                request("tools/list", meta),
                "MCP-Protocol-Version: 2026-07-28",
                "Mcp-Method: tools/list",
                "User-Agent: probe/1");

        assertThat(orders.last().source().clientInfo().orElseThrow())
                .startsWith("a??b?[31mxxx")
                .hasSize(200);
        assertThat(orders.last().source().traceparent())
                .contains("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        assertThat(orders.last().source().userAgent()).contains("probe/1");
        assertThat(orders.last().source().rpcId()).contains("7");
    }

    @Test
    void whatever_is_sent_the_answer_is_json_rpc_and_tells_no_internals() {
        String alphabet = "{}[]\":,0179.eE-+ ntuf\\jsonrpcidmethodparams_/";
        qt().withExamples(400)
                .forAll(
                        lists().of(integers().between(0, alphabet.length() - 1)).ofSizeBetween(0, 80),
                        integers().between(0, 5))
                .checkAssert((letters, shape) -> {
                    var text = new StringBuilder();
                    letters.forEach(i -> text.append(alphabet.charAt(i)));
                    String sent = switch (shape) {
                        case 0 -> text.toString();
                        case 1 -> "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":" + text;
                        case 2 -> "[" + text + "]";
                        case 3 -> request("tools/call", "\"name\":\"execute_endpoint\",\"arguments\":" + text);
                        case 4 -> request("tools/call", "\"name\":\"list_endpoints\",\"arguments\":{" + text + "}");
                        default -> "{\"jsonrpc\":\"2.0\",\"id\":" + text + ",\"method\":\"ping\"}";
                    };
                    McpResponse response = server.post(sent);
                    assertThat(response.status()).isLessThan(500);
                    if (response.status() != 202) {
                        String answer = new String(response.body(), StandardCharsets.UTF_8);
                        assertThat(answer).containsPattern("^\\[?\\{\"jsonrpc\":\"2.0\"");
                        assertThat(answer)
                                .doesNotContain("Exception")
                                .doesNotContain("io.mcpguard")
                                .doesNotContain("tools.jackson");
                    }
                });
        assertThat(orders.calls).isEmpty();
    }

    @Test
    void random_bytes_get_a_json_rpc_answer() {
        qt().withExamples(300)
                .forAll(lists().of(integers().between(0, 255)).ofSizeBetween(0, 60))
                .checkAssert(octets -> {
                    byte[] bytes = new byte[octets.size()];
                    for (int i = 0; i < bytes.length; i++) {
                        bytes[i] = octets.get(i).byteValue();
                    }
                    McpResponse response = server.send("POST", headers(), bytes);
                    assertThat(response.status()).isEqualTo(400);
                    assertThat(code(response)).isIn(-32700, -32600);
                });
    }
}
