package io.mcpguard.core.protocol;

import static io.mcpguard.core.protocol.OrdersEndpoint.META;
import static io.mcpguard.core.protocol.OrdersEndpoint.body;
import static io.mcpguard.core.protocol.OrdersEndpoint.code;
import static io.mcpguard.core.protocol.OrdersEndpoint.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.Stage;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Arrays of messages, which revision 2025-03-26 alone has: nothing in one gets past what it would not get past by itself. */
class BatchTest {

    private static final String COUNT = request("tools/call", "\"name\":\"count\"");
    private static final String NOTE = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";

    private final OrdersEndpoint server = new OrdersEndpoint();
    private final OrdersFeatures features = OrdersFeatures.at(server);

    private static String batch(List<String> messages) {
        return "[" + String.join(",", messages) + "]";
    }

    private static String batch(String... messages) {
        return batch(List.of(messages));
    }

    @Test
    void as_many_messages_as_may_are_served_and_one_more_serves_none() {
        JsonNode answers = body(server.post(batch(Collections.nCopies(20, COUNT))));
        assertThat(answers.size()).isEqualTo(20);
        assertThat(features.ran).hasSize(20);
        features.ran.clear();
        server.orders.records.clear();

        McpResponse tooMany = server.post(batch(Collections.nCopies(21, COUNT)));

        assertThat(tooMany.status()).isEqualTo(400);
        assertThat(code(tooMany)).isEqualTo(-32600);
        assertThat(features.ran).isEmpty();
        assertThat(server.orders.records).hasSize(1);
        assertThat(server.orders.last().verdict().detail()).isEqualTo("batch-not-accepted");
    }

    @Test
    void each_element_has_its_records_under_its_own_id() {
        server.post(batch(
                COUNT, NOTE, COUNT.replace(":7,", ":8,"), request("ping", "").replace(":7,", ":9,")));

        assertThat(server.orders.records)
                .extracting(AuditEvent::stage)
                .containsExactly(Stage.INTENT, Stage.OUTCOME, Stage.INTENT, Stage.OUTCOME);
        assertThat(server.orders.records)
                .extracting(event -> event.source().rpcId().orElseThrow())
                .containsExactly("7", "7", "8", "8");
        assertThat(server.orders.records)
                .extracting(event -> event.source().protocolVersion().orElseThrow())
                .containsOnly("2025-03-26");
        assertThat(features.ran).hasSize(2);
    }

    @Test
    void each_element_takes_a_permit() {
        server.orders.permits = 2;

        JsonNode answers = body(server.post(batch(COUNT, COUNT, COUNT)));

        assertThat(features.ran).hasSize(2);
        assertThat(answers.at("/2/result/isError").booleanValue()).isTrue();
        assertThat(server.orders.last().stage()).isEqualTo(Stage.DENIED);
        assertThat(server.orders.inFlight).isZero();
    }

    @Test
    void a_caller_gets_no_more_in_a_batch_than_alone() {
        JsonNode answers = body(server.post(batch(COUNT, COUNT), "Authorization: Bearer key:reader"));

        assertThat(answers.valueStream().map(answer -> answer.at("/error/code").intValue()))
                .containsExactly(-32602, -32602);
        assertThat(features.ran).isEmpty();
        assertThat(server.orders.records).hasSize(2).allMatch(event -> event.stage() == Stage.DENIED);
    }

    @Test
    void a_handshake_is_not_for_a_batch() {
        McpResponse response = server.post(batch(request("initialize", "\"protocolVersion\":\"2025-03-26\"")));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("Mcp-Session-Id")).isEmpty();
        assertThat(body(response).at("/0/error/code").intValue()).isEqualTo(-32600);
        assertThat(body(response).at("/0/id").intValue()).isEqualTo(7);
        assertThat(server.orders.last().verdict().detail()).isEqualTo("initialize-in-a-batch");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-06-18", "2025-11-25", "2026-07-28", "next"})
    void a_later_revision_has_no_batches(String version) {
        McpResponse response = server.post(batch(COUNT), "MCP-Protocol-Version: " + version);

        assertThat(response.status()).isEqualTo(400);
        assertThat(code(response)).isEqualTo(-32600);
        assertThat(features.ran).isEmpty();
        assertThat(server.orders.records).hasSize(1);
    }

    @Test
    void one_modern_element_spoils_the_batch() {
        McpResponse response = server.post(batch(COUNT, request("ping", META)));

        assertThat(response.status()).isEqualTo(400);
        assertThat(features.ran).isEmpty();
    }

    @Test
    void notifications_alone_have_no_answer() {
        McpResponse response = server.post(batch(NOTE, NOTE));

        assertThat(response.status()).isEqualTo(202);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void a_batch_in_a_batch_is_no_message() {
        JsonNode answers = body(server.post(batch("[" + COUNT + "]", "7")));

        assertThat(answers.valueStream().map(answer -> answer.at("/error/code").intValue()))
                .containsExactly(-32600, -32600);
        assertThat(features.ran).isEmpty();
    }
}
