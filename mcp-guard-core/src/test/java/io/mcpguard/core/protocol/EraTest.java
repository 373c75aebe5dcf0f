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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The table that tells the two protocol eras apart on one URL, row by row. */
class EraTest {

    private static final String V = "MCP-Protocol-Version: ";
    private static final String LIST = request("tools/list", META);
    private static final String BARE_LIST = request("tools/list", "");
    private static final String M_LIST = "Mcp-Method: tools/list";
    private static final String INIT = "\"protocolVersion\":\"2025-06-18\",\"capabilities\":{},"
            + "\"clientInfo\":{\"name\":\"probe\",\"version\":\"9\"}";
    private static final String NOTE = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";
    private static final String REPLY = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}";

    private final OrdersEndpoint server = new OrdersEndpoint();

    /** A row: its number, the body, the header lines, the HTTP status and the JSON-RPC code, 0 for none. */
    record Row(int number, String body, List<String> lines, int status, int code) {

        /** Names the row in reports. */
        @Override
        public String toString() {
            return number + ": " + lines + " " + body + " -> " + status + (code == 0 ? "" : ", " + code);
        }

        /** Only row 5 is served in the modern era. */
        boolean servedAsModern() {
            return number == 5;
        }
    }

    private static String meta(String version) {
        return META.replace("2026-07-28", version);
    }

    private static Row row(int number, String body, int status, int code, String... lines) {
        return new Row(number, body, List.of(lines), status, code);
    }

    static Stream<Row> rows() {
        return Stream.of(
                row(1, "not json", 400, -32700),
                row(1, "", 400, -32700, V + "2026-07-28"),
                row(1, "{\"jsonrpc\":\"2.0\",", 400, -32700, V + "2025-06-18"),
                row(2, "[" + BARE_LIST + "]", 200, 0),
                row(2, "[" + BARE_LIST + "]", 200, 0, V + "2025-03-26"),
                row(2, "[" + NOTE + "]", 202, 0),
                row(3, "[" + BARE_LIST + "]", 400, -32600, V + "2025-06-18"),
                row(3, "[" + BARE_LIST + "]", 400, -32600, V + "2026-07-28"),
                row(3, "[" + BARE_LIST + "]", 400, -32600, V + "next"),
                row(3, "[" + BARE_LIST + "," + LIST + "]", 400, -32600),
                row(3, "[]", 400, -32600),
                row(4, "7", 400, -32600),
                row(4, "\"x\"", 400, -32600),
                row(4, "null", 400, -32600),
                row(4, "{}", 400, -32600),
                row(4, BARE_LIST.replace("2.0", "1.0"), 400, -32600),
                row(4, BARE_LIST.replace("\"2.0\"", "2.0"), 400, -32600),
                row(4, BARE_LIST.replace("\"id\":7", "\"id\":null"), 400, -32600),
                row(4, BARE_LIST.replace("\"id\":7", "\"id\":7.5"), 400, -32600),
                row(4, BARE_LIST.replace("\"id\":7", "\"id\":[7]"), 400, -32600),
                row(4, BARE_LIST.replace("\"id\":7", "\"id\":true"), 400, -32600, V + "2026-07-28"),
                row(4, BARE_LIST.replace("\"tools/list\"", "7"), 400, -32600),
                row(4, "{\"jsonrpc\":\"2.0\",\"id\":7}", 400, -32600),
                row(4, BARE_LIST.replace("\"method\"", "\"Method\""), 400, -32600),
                row(5, LIST, 200, 0, V + "2026-07-28", M_LIST),
                row(5, LIST, 200, 0, V + " \t2026-07-28 ", "mcp-method: tools/list"),
                row(6, LIST, 400, -32020, M_LIST),
                row(7, LIST, 400, -32020, V + "2025-06-18", M_LIST),
                row(7, LIST, 400, -32020, V + "2026-07-29", M_LIST),
                row(7, request("tools/list", meta("v999")), 400, -32020, V + "2026-07-28", M_LIST),
                row(8, request("tools/list", meta("2025-11-25")), 400, -32022, V + "2025-11-25", M_LIST),
                row(8, request("tools/list", meta("v999")), 400, -32022, V + "v999", M_LIST),
                row(9, BARE_LIST, 400, -32602, V + "2026-07-28", M_LIST),
                row(9, request("tools/list", "\"_meta\":{}"), 400, -32602, V + "2026-07-28", M_LIST),
                row(9, request("tools/list", "\"_meta\":7"), 400, -32602, V + "2026-07-28", M_LIST),
                row(9, request("tools/list", META.replace("\"2026-07-28\"", "7")), 400, -32602, V + "2026-07-28"),
                row(9, request("tools/list", META.replace("{}", "[]")), 400, -32602, V + "2026-07-28", M_LIST),
                row(9, request("tools/list", META.replace("clientCap", "x")), 400, -32602, V + "2026-07-28", M_LIST),
                row(9, BARE_LIST.replace("{}", "[]"), 400, -32602, V + "2026-07-28", M_LIST),
                row(9, BARE_LIST.replace(",\"params\":{}", ""), 400, -32602, V + "2026-07-28", M_LIST),
                row(9, request("initialize", INIT), 400, -32602, V + "2026-07-28"),
                row(10, request("initialize", META), 404, -32601, V + "2026-07-28", "Mcp-Method: initialize"),
                row(10, request("ping", META), 404, -32601, V + "2026-07-28", "Mcp-Method: ping"),
                row(
                        10,
                        request("logging/setLevel", META),
                        404,
                        -32601,
                        V + "2026-07-28",
                        "Mcp-Method: logging/setLevel"),
                row(
                        10,
                        request("resources/subscribe", META),
                        404,
                        -32601,
                        V + "2026-07-28",
                        "Mcp-Method: resources/subscribe"),
                row(
                        10,
                        request("resources/unsubscribe", META),
                        404,
                        -32601,
                        V + "2026-07-28",
                        "Mcp-Method: resources/unsubscribe"),
                row(11, request("initialize", INIT), 200, 0),
                row(11, request("initialize", INIT), 200, 0, V + "2025-11-25"),
                row(12, BARE_LIST, 200, 0, V + "2025-03-26"),
                row(12, BARE_LIST, 200, 0, V + "2025-06-18"),
                row(12, BARE_LIST, 200, 0, V + "2025-11-25"),
                row(12, request("server/discover", ""), 200, -32601, V + "2025-11-25"),
                row(13, BARE_LIST, 200, 0),
                row(13, request("ping", ""), 200, 0),
                row(13, request("no/such", ""), 200, -32601),
                row(13, request("logging/setLevel", "\"level\":\"info\""), 200, -32601),
                row(14, BARE_LIST, 400, -32022, V + "2024-11-05"),
                row(14, BARE_LIST, 400, -32022, V + "next"),
                row(14, request("initialize", INIT), 400, -32022, V + "2027-01-01"),
                row(15, request("server/discover", ""), 400, -32020),
                row(15, request("subscriptions/listen", ""), 400, -32020),
                row(16, NOTE, 202, 0),
                row(16, NOTE, 202, 0, V + "2026-07-28"),
                row(16, NOTE, 202, 0, V + "2025-11-25"),
                row(16, NOTE, 202, 0, V + "next"),
                row(16, "{\"jsonrpc\":\"2.0\",\"method\":\"tools/call\",\"params\":{}}", 202, 0),
                row(17, REPLY, 400, -32600, V + "2026-07-28"),
                row(17, REPLY, 202, 0),
                row(17, REPLY, 202, 0, V + "2025-06-18"));
    }

    @Test
    void the_rows_are_those_of_the_table() {
        assertThat(rows().map(Row::number).distinct())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 17).boxed().toList());
    }

    @ParameterizedTest(name = "row {0}")
    @MethodSource("rows")
    void each_row_gets_its_answer(Row row) {
        McpResponse response = server.post(row.body(), row.lines().toArray(String[]::new));

        assertThat(response.status()).isEqualTo(row.status());
        if (row.status() == 202) {
            assertThat(response.body()).isEmpty();
            return;
        }
        assertThat(code(response)).isEqualTo(row.code());
        assertThat(response.header("Content-Type")).contains("application/json");
        if (row.code() != 0) {
            assertThat(body(response).path("error").path("message").stringValue(""))
                    .isNotBlank();
            assertThat(server.orders.last().stage()).isEqualTo(Stage.DENIED);
            assertThat(server.orders.last().caller().profileId()).isEqualTo("writer");
        }
        JsonNode result = body(response).path("result");
        assertThat(result.has("resultType") && result.has("_meta")).isEqualTo(row.servedAsModern());
        assertThat(result.has("resultType") || result.has("_meta")).isEqualTo(row.servedAsModern());
        if (row.number() >= 5 && row.number() <= 15) {
            assertThat(body(response).path("id").intValue()).isEqualTo(7);
        }
        assertThat(server.orders.calls).isEmpty();
    }

    /** Neither era has streams or sessions to open and close here, so no version makes a difference. */
    static Stream<Row> otherMethods() {
        return Stream.of(
                row(0, "", 405, 40500),
                row(0, BARE_LIST, 405, 40500, V + "2025-03-26"),
                row(0, BARE_LIST, 405, 40500, V + "2025-11-25", "Mcp-Session-Id: 7"),
                row(0, LIST, 405, 40500, V + "2026-07-28", M_LIST),
                row(0, "", 405, 40500, "Accept: text/event-stream", "Last-Event-ID: 9"),
                row(0, "not json", 405, 40500, V + "next"));
    }

    @ParameterizedTest(name = "other than POST {0}")
    @MethodSource("otherMethods")
    void only_post_is_taken_whatever_the_version(Row row) {
        for (String method : List.of("GET", "DELETE", "OPTIONS", "HEAD", "PUT", "PATCH")) {
            McpResponse response = server.send(
                    method,
                    headers(row.lines().toArray(String[]::new)),
                    row.body().getBytes(StandardCharsets.UTF_8));

            assertThat(response.status()).isEqualTo(row.status());
            assertThat(response.header("Allow")).contains("POST");
            assertThat(response.header("Mcp-Session-Id")).isEmpty();
            assertThat(code(response)).isEqualTo(row.code());
            assertThat(body(response).has("id")).isFalse();
            assertThat(server.orders.last().verdict().detail()).isEqualTo("http-method");
        }
        assertThat(server.orders.records).hasSize(6);
        assertThat(server.orders.calls).isEmpty();
    }

    @Test
    void an_unsupported_version_is_told_which_are() {
        JsonNode error = body(server.post(BARE_LIST, V + "next")).path("error");

        assertThat(error.path("data").toString()).isEqualTo("{\"supported\":[\"2026-07-28\"],\"requested\":\"next\"}");
    }

    @ParameterizedTest
    @MethodSource("negotiations")
    void the_handshake_answers_the_version_asked_for_or_the_newest_legacy_one(List<String> askedAndGot) {
        String params = INIT.replace("\"2025-06-18\"", askedAndGot.get(0));

        JsonNode result = body(server.post(request("initialize", params))).path("result");

        assertThat(result.path("protocolVersion").stringValue("")).isEqualTo(askedAndGot.get(1));
        assertThat(result.path("capabilities").toString()).isEqualTo("{\"tools\":{}}");
        assertThat(result.path("serverInfo").toString()).isEqualTo("{\"name\":\"orders\",\"version\":\"1.2.3\"}");
        assertThat(result.has("resultType") || result.has("_meta")).isFalse();
        assertThat(server.orders.last().source().clientInfo()).contains("probe/9");
        assertThat(server.orders.last().source().protocolVersion()).contains(askedAndGot.get(1));
    }

    static Stream<List<String>> negotiations() {
        return Stream.of(
                List.of("\"2025-03-26\"", "2025-03-26"),
                List.of("\"2025-06-18\"", "2025-06-18"),
                List.of("\"2025-11-25\"", "2025-11-25"),
                List.of("\"2026-07-28\"", "2025-11-25"),
                List.of("\"2024-11-05\"", "2025-11-25"),
                List.of("7", "2025-11-25"));
    }

    @Test
    void a_handshake_has_a_session_of_its_own_whatever_id_came_with_it() {
        McpResponse response = server.post(request("initialize", INIT), "Mcp-Session-Id: 7", "Last-Event-ID: 9");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("Mcp-Session-Id")).get().asString().matches("[!-~]{40,}");
    }

    @Test
    void a_modern_request_has_no_session_and_gets_none() {
        McpResponse response = server.modern("tools/list", "", "Mcp-Session-Id: 7", "Last-Event-ID: 9");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("Mcp-Session-Id")).isEmpty();
    }
}
