package io.mcpguard.core.protocol;

import static io.mcpguard.core.protocol.OrdersEndpoint.body;
import static io.mcpguard.core.protocol.OrdersEndpoint.code;
import static io.mcpguard.core.protocol.OrdersEndpoint.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.audit.Stage;
import io.mcpguard.profile.ToolMode;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a client sees of direct mode, in both eras. */
class DirectModeTest {

    private static final String LEGACY = "MCP-Protocol-Version: 2025-06-18";

    private final OrdersEndpoint server = new OrdersEndpoint();

    @BeforeEach
    void choose() {
        server.orders.mode = ToolMode.DIRECT;
    }

    private McpResponse call(String name, String arguments) {
        return server.modern(
                "tools/call", ",\"name\":\"" + name + "\",\"arguments\":" + arguments, "Mcp-Name: " + name);
    }

    private static List<String> names(McpResponse response) {
        return body(response)
                .at("/result/tools")
                .valueStream()
                .map(tool -> tool.path("name").stringValue(""))
                .toList();
    }

    @Test
    void the_list_is_what_the_profile_may_call() {
        assertThat(names(server.modern("tools/list", "")))
                .containsExactly("createOrder", "exportOrders", "getOrder", "listOrders");
        assertThat(names(server.post(request("tools/list", ""), LEGACY, "Authorization: Bearer key:reader")))
                .containsExactly("exportOrders", "getOrder", "listOrders");
    }

    @Test
    void a_tool_is_called_by_the_name_of_its_operation() {
        JsonNode modern = body(call("getOrder", "{\"orderId\":7}")).path("result");
        JsonNode legacy = body(server.post(
                        request("tools/call", "\"name\":\"getOrder\",\"arguments\":{\"orderId\":7}"), LEGACY))
                .path("result");

        for (JsonNode result : List.of(modern, legacy)) {
            assertThat(result.path("isError").booleanValue()).isFalse();
            assertThat(result.path("structuredContent").toString()).isEqualTo("{\"ok\":true}");
            assertThat(result.at("/content/0/text").stringValue("")).isEqualTo("{\"ok\":true}");
        }
        assertThat(server.orders.calls)
                .hasSize(2)
                .allMatch(sent -> sent.rawPath().equals("/api/orders/7"));
        assertThat(server.orders.last().target().operationId()).isEqualTo("getOrder");
    }

    @Test
    void what_is_hidden_looks_like_what_does_not_exist_and_the_record_tells_them_apart() {
        List<String> answers = List.of(
                body(call("deleteOrder", "{\"orderId\":7}")).toString(),
                body(call("noSuchTool", "{\"orderId\":7}")).toString(),
                body(call("execute_endpoint", "{\"endpoint_id\":\"getOrder\"}")).toString());

        assertThat(answers.stream().distinct()).hasSize(1);
        assertThat(code(call("deleteOrder", "{}"))).isEqualTo(-32602);
        assertThat(server.orders.records).hasSize(4).allMatch(event -> event.stage() == Stage.DENIED);
        assertThat(server.orders.records.stream().map(e -> e.verdict().detail()))
                .containsExactly("no-grant", "unknown-tool", "tool-of-other-mode", "no-grant");
        assertThat(server.orders.last().target().operationId()).isEqualTo("deleteOrder");
        assertThat(server.orders.calls).isEmpty();
    }
}
