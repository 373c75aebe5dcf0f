package io.mcpguard.core.protocol;

import static io.mcpguard.core.protocol.OrdersEndpoint.META;
import static io.mcpguard.core.protocol.OrdersEndpoint.MODERN;
import static io.mcpguard.core.protocol.OrdersEndpoint.body;
import static io.mcpguard.core.protocol.OrdersEndpoint.code;
import static io.mcpguard.core.protocol.OrdersEndpoint.headers;
import static io.mcpguard.core.protocol.OrdersEndpoint.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.audit.Stage;
import io.mcpguard.core.json.JsonLimits;
import io.mcpguard.core.tool.OrdersTools;
import io.mcpguard.profile.ToolMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quicktheories.WithQuickTheories;
import tools.jackson.databind.JsonNode;

/** What a client is given to hand back, cursors, request states and sessions: good as it was given, to whom and for what. */
class HandedBackTest implements WithQuickTheories {

    private static final String OTHER = "Authorization: Bearer key:other";
    private static final String ASKABLE = META.replace("{}", "{\"elicitation\":{}}");
    private static final String ANSWER =
            ",\"inputResponses\":{\"name\":{\"action\":\"accept\",\"content\":{\"name\":\"x\"}}}";
    private static final String HANDSHAKE = request(
            "initialize", "\"protocolVersion\":\"2025-11-25\",\"clientInfo\":{\"name\":\"probe\",\"version\":\"9\"}");

    private final OrdersEndpoint server = new OrdersEndpoint();
    private final OrdersFeatures features = OrdersFeatures.at(server);

    HandedBackTest() {
        server.settings = new EndpointSettings("orders", "1", "", JsonLimits.DEFAULT, 20, 2, Duration.ofMinutes(5));
    }

    /** With one character exchanged for another that may stand there. */
    private static String changed(String genuine, int at, int by) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~=";
        int position = at % genuine.length();
        int now = alphabet.indexOf(genuine.charAt(position));
        char other = alphabet.charAt((now + 1 + by % (alphabet.length() - 1)) % alphabet.length());
        return genuine.substring(0, position) + other + genuine.substring(position + 1);
    }

    private void refusedInProtocol(McpResponse response) {
        assertThat(response.status()).isEqualTo(200);
        assertThat(code(response)).isEqualTo(-32602);
        assertThat(body(response).path("id").intValue()).isEqualTo(7);
        assertThat(server.orders.last().stage()).isEqualTo(Stage.DENIED);
    }

    // Cursors

    private McpResponse page(String method, String cursor, String... lines) {
        return server.modern(method, cursor.isEmpty() ? "" : ",\"cursor\":\"" + cursor + "\"", lines);
    }

    private String firstCursor() {
        return body(page("tools/list", "")).at("/result/nextCursor").stringValue();
    }

    @ParameterizedTest
    @CsvSource({"tools/list, tools, 7", "prompts/list, prompts, 1", "resources/list, resources, 1"})
    void pages_make_up_the_whole_list_once(String method, String member, int size) {
        List<String> names = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode result = body(page(method, cursor)).path("result");
            result.path(member).forEach(entry -> names.add(entry.path("name").stringValue()));
            assertThat(result.path(member).size()).isBetween(1, 2);
            assertThat(result.path("cacheScope").stringValue()).isEqualTo("private");
            cursor = result.path("nextCursor").stringValue("");
        } while (!cursor.isEmpty());

        assertThat(names).hasSize(size).doesNotHaveDuplicates();
    }

    @Test
    void a_changed_cursor_is_none() {
        String cursor = firstCursor();
        assertThat(page("tools/list", cursor).status()).isEqualTo(200);
        assertThat(code(page("tools/list", cursor))).isZero();

        qt().withExamples(150)
                .forAll(integers().between(0, 5000), integers().between(0, 65))
                .checkAssert((at, by) -> refusedInProtocol(page("tools/list", changed(cursor, at, by))));
    }

    @Test
    void a_cursor_is_good_for_its_list_and_caller_and_time() {
        String cursor = firstCursor();

        refusedInProtocol(page("prompts/list", cursor));
        refusedInProtocol(page("tools/list", cursor + "A"));
        refusedInProtocol(page("tools/list", cursor.substring(1)));
        refusedInProtocol(page("tools/list", cursor, OTHER));
        server.orders.mode = ToolMode.DIRECT;
        refusedInProtocol(page("tools/list", cursor));
        server.orders.mode = ToolMode.FIXED;
        assertThat(code(page("tools/list", cursor))).isZero();
        server.orders.pass(Duration.ofHours(1));
        refusedInProtocol(page("tools/list", cursor));
    }

    @Test
    void a_cursor_ends_when_the_profile_changes() {
        String cursor = firstCursor();

        server.orders.replace(
                OrdersTools.profile("writer", "2", Set.of("*"), Set.of("GET", "POST", "TOOL", "PROMPT", "RESOURCE")));

        refusedInProtocol(page("tools/list", cursor));
    }

    // Request states

    private McpResponse call(String tool, String arguments, String more, String... lines) {
        List<String> all = new ArrayList<>(List.of(lines));
        all.addAll(List.of("MCP-Protocol-Version: " + MODERN, "Mcp-Method: tools/call", "Mcp-Name: " + tool));
        String params = ASKABLE + ",\"name\":\"" + tool + "\",\"arguments\":" + arguments + more;
        return server.post(request("tools/call", params), all.toArray(String[]::new));
    }

    private McpResponse answered(String tool, String arguments, String state, String... lines) {
        return call(tool, arguments, ANSWER + ",\"requestState\":\"" + state + "\"", lines);
    }

    /** The state of a call of {@code cancel}; what ran for it is forgotten. */
    private String state() {
        JsonNode result = body(call("cancel", "{\"order\":7}", "")).path("result");
        assertThat(result.path("resultType").stringValue("")).isEqualTo("input_required");
        features.ran.clear();
        server.orders.records.clear();
        return result.path("requestState").stringValue();
    }

    @Test
    void a_genuine_state_is_gone_on_with() {
        JsonNode result = body(answered("cancel", "{\"order\":7}", state())).path("result");

        assertThat(result.at("/content/0/text").stringValue("")).isEqualTo("cancelled");
        assertThat(features.ran).containsExactly("cancel");
    }

    @Test
    void a_changed_state_runs_nothing() {
        String state = state();

        qt().withExamples(150)
                .forAll(integers().between(0, 5000), integers().between(0, 65))
                .checkAssert(
                        (at, by) -> refusedInProtocol(answered("cancel", "{\"order\":7}", changed(state, at, by))));
        assertThat(features.ran).isEmpty();
    }

    @Test
    void a_state_is_good_for_its_call_and_caller_and_time() {
        String state = state();

        refusedInProtocol(answered("cancel", "{\"order\":8}", state));
        refusedInProtocol(answered("cancel", "{\"order\":7,\"all\":true}", state));
        refusedInProtocol(answered("address", "{}", state));
        refusedInProtocol(answered("cancel", "{\"order\":7}", state, OTHER));
        refusedInProtocol(answered("cancel", "{\"order\":7}", ""));
        refusedInProtocol(answered("cancel", "{\"order\":7}", firstCursor()));
        refusedInProtocol(call("cancel", "{\"order\":7}", ",\"requestState\":7"));
        refusedInProtocol(call("cancel", "{\"order\":7}", ",\"inputResponses\":[]"));
        server.orders.pass(Duration.ofMinutes(10));
        refusedInProtocol(answered("cancel", "{\"order\":7}", state));
        assertThat(features.ran).isEmpty();
        assertThat(server.orders.inFlight).isZero();
    }

    // Sessions

    private String session() {
        return server.post(HANDSHAKE).header("Mcp-Session-Id").orElseThrow();
    }

    private McpResponse inSession(String session, String... lines) {
        List<String> all = new ArrayList<>(List.of(lines));
        all.add("Mcp-Session-Id: " + session);
        return server.post(request("tools/call", "\"name\":\"count\""), all.toArray(String[]::new));
    }

    private void gone(McpResponse response) {
        assertThat(response.status()).isEqualTo(404);
        assertThat(code(response)).isEqualTo(40401);
        assertThat(body(response).path("id").intValue()).isEqualTo(7);
        assertThat(server.orders.last().stage()).isEqualTo(Stage.DENIED);
        assertThat(server.orders.last().verdict().detail()).isEqualTo("session-gone");
    }

    @Test
    void a_session_says_which_revision_was_agreed_on_and_who_the_client_is() {
        assertThat(inSession(session()).status()).isEqualTo(200);
        assertThat(server.orders.last().source().protocolVersion()).contains("2025-11-25");
        assertThat(server.orders.last().source().clientInfo()).contains("probe/9");
        assertThat(features.ran).hasSize(1);
    }

    @Test
    void a_changed_session_is_gone() {
        String session = session();

        qt().withExamples(150)
                .forAll(integers().between(0, 5000), integers().between(0, 65))
                .checkAssert((at, by) -> gone(inSession(changed(session, at, by))));
        assertThat(features.ran).isEmpty();
    }

    @Test
    void a_session_is_good_for_its_caller_and_a_day_and_on_its_own() {
        String session = session();

        gone(inSession(session, OTHER));
        gone(inSession(session, "Mcp-Session-Id: " + session));
        gone(inSession(firstCursor()));
        server.orders.pass(Duration.ofHours(24));
        gone(inSession(session));
        assertThat(features.ran).isEmpty();
    }

    @Test
    void a_modern_request_has_no_session_to_lose() {
        McpResponse response =
                server.modern("tools/call", ",\"name\":\"count\"", "Mcp-Name: count", "Mcp-Session-Id: made-up");

        assertThat(response.status()).isEqualTo(200);
        assertThat(features.ran).containsExactly("count");
    }

    @Test
    void a_session_is_no_credential() {
        McpResponse response = server.send(
                "POST",
                headers("Authorization: (none)", "Mcp-Session-Id: " + session()),
                request("tools/list", "").getBytes(StandardCharsets.UTF_8));

        assertThat(response.status()).isEqualTo(401);
    }

    @Test
    void the_messages_of_a_batch_are_in_its_session_too() {
        String session = session();
        String batch = "[" + request("tools/call", "\"name\":\"count\"") + "]";

        assertThat(server.post(batch, "Mcp-Session-Id: " + session).status()).isEqualTo(200);
        assertThat(server.orders.last().source().clientInfo()).contains("probe/9");
        features.ran.clear();
        McpResponse foreign = server.post(batch, "Mcp-Session-Id: " + session, OTHER);
        McpResponse changed = server.post(batch, "Mcp-Session-Id: " + session + "A");

        assertThat(List.of(foreign, changed)).allMatch(answer -> answer.status() == 404 && code(answer) == 40401);
        assertThat(features.ran).isEmpty();
    }
}
