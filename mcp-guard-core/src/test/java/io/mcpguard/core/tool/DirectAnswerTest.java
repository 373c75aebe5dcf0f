package io.mcpguard.core.tool;

import static io.mcpguard.core.tool.OrdersTools.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.catalog.Operation;
import io.mcpguard.catalog.ProductOperations;
import io.mcpguard.catalog.Response;
import io.mcpguard.catalog.Schema;
import io.mcpguard.core.catalog.Catalog;
import io.mcpguard.core.catalog.Published;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectAnswerTest {

    private static DirectAnswer answerOf(Response... responses) {
        Operation.Builder operation = Published.operation("op", "GET", "/api/orders");
        List.of(responses).forEach(operation::response);
        return new DirectAnswer(Catalog.of(List.of(new ProductOperations(Published.ORDERS, List.of(operation.build()))))
                .operations()
                .get(0));
    }

    private static Response json200(String schema) {
        return response(200, schema);
    }

    private static Response response(int status, String schema) {
        return new Response(status, "", Optional.of("application/json"), Optional.of(new Schema(schema)));
    }

    @Test
    void one_schema_of_all_successes_is_announced() {
        String list = "{\"type\":\"array\"}";

        assertThat(answerOf(json200(list)).schema().orElseThrow().toString()).isEqualTo(list);
        assertThat(answerOf(json200(list), response(201, list), response(404, "{\"type\":\"object\"}"))
                        .schema())
                .isPresent();
    }

    @Test
    void a_schema_that_does_not_hold_for_every_success_is_not_announced() {
        Response other = response(201, "{\"type\":\"object\"}");
        Response nothing = new Response(204, "", Optional.empty(), Optional.empty());
        Response csv = new Response(200, "", Optional.of("text/csv"), Optional.of(new Schema("{\"type\":\"string\"}")));
        Response unknown = new Response(201, "", Optional.of("application/json"), Optional.empty());

        for (Response second : List.of(other, nothing, csv, unknown)) {
            assertThat(answerOf(json200("{\"type\":\"array\"}"), second).schema())
                    .as("%s", second)
                    .isEmpty();
        }
        assertThat(answerOf().schema()).isEmpty();
        assertThat(answerOf(json200("true")).schema()).as("says nothing").isEmpty();
        assertThat(answerOf(json200("{}")).schema()).as("says nothing").isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"204", "302", "304"})
    void without_the_announced_json_a_client_would_throw_the_answer_away(int status) {
        ToolResult result = answerOf(json200("{\"type\":\"array\"}")).of(json(status, ""));

        assertThat(result.error()).isTrue();
        assertThat(result.text()).startsWith("The call was carried out with status " + status + ",");
        assertThat(answerOf().of(json(status, "")).error()).isFalse();
    }

    @Test
    void an_answer_that_does_not_fit_is_named_once_and_without_its_values() {
        DirectAnswer answer =
                answerOf(json200("{\"type\":\"object\",\"additionalProperties\":{\"type\":\"integer\"}}"));
        PrintStream before = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            assertThat(answer.of(json(200, "{\"a\\nb\":\"a secret\"}")).error()).isTrue();
            assertThat(answer.of(json(200, "{\"c\":\"a secret\"}")).error()).isTrue();
            assertThat(answer.of(json(200, "{\"c\":7}")).error()).isFalse();
        } finally {
            System.setErr(before);
        }

        assertThat(said.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .contains("WARN", "op", "200", "'/a\\nb'")
                .doesNotContain("secret");
    }
}
