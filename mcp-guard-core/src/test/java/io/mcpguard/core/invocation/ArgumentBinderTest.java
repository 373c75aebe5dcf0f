package io.mcpguard.core.invocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.core.catalog.Catalog;
import io.mcpguard.core.catalog.Published;
import io.mcpguard.core.catalog.SchemaProblem;
import io.mcpguard.invocation.HttpField;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ArgumentBinderTest {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final Catalog catalog = Published.catalog();
    private final ArgumentBinder binder = new ArgumentBinder(catalog);

    private Binding bind(String operation, String arguments) {
        ObjectNode tree = (ObjectNode) MAPPER.readTree(arguments);
        return binder.bind(
                catalog.find(operation).orElseThrow(),
                new Arguments(part(tree, "path"), part(tree, "query"), part(tree, "headers"), tree.get("body")));
    }

    private static ObjectNode part(ObjectNode tree, String name) {
        JsonNode part = tree.get(name);
        return part == null ? MAPPER.createObjectNode() : (ObjectNode) part;
    }

    @Test
    void values_are_encoded_as_exactly_one_value_each() {
        Binding binding = bind("listOrders", """
                {"query":{"status":"OPEN","tag":["a&b=c","x y"],"limit":10},"headers":{"x-trace-label":"blue"}}""");

        assertThat(binding).isInstanceOfSatisfying(Binding.Bound.class, bound -> {
            assertThat(bound.rawPath()).isEqualTo("/api/orders");
            assertThat(bound.rawQuery()).hasValue("status=OPEN&tag=a%26b%3Dc&tag=x%20y&limit=10");
            assertThat(bound.headers()).containsExactly(new HttpField("X-Trace-Label", "blue"));
            assertThat(bound.body()).isEmpty();
        });
    }

    @Test
    void a_body_keeps_its_digits() {
        Binding binding = bind("createOrder", """
                {"body":{"sku":"ABC-1","quantity":12345678901234567890,"price":1.10}}""");

        assertThat(binding).isInstanceOfSatisfying(Binding.Bound.class, bound -> {
            assertThat(new String(bound.body(), StandardCharsets.UTF_8))
                    .isEqualTo("{\"sku\":\"ABC-1\",\"quantity\":12345678901234567890,\"price\":1.10}");
            assertThat(bound.headers()).containsExactly(new HttpField("Content-Type", "application/json"));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"path\":{}}",
                "{\"path\":{\"orderId\":null}}",
                "{\"path\":{\"orderId\":\"1/../2\"}}",
                "{\"path\":{\"orderId\":\"..\"}}",
                "{\"path\":{\"orderId\":\"export.csv\"}}",
                "{\"path\":{\"orderId\":\"1?admin=true\",\"x\":1}}",
                "{\"path\":{\"orderId\":1},\"query\":{\"admin\":\"true\"}}",
                "{\"path\":{\"orderId\":1},\"headers\":{\"Authorization\":\"Bearer x\"}}",
                "{\"path\":{\"orderId\":1},\"headers\":{\"X-Forwarded-For\":\"10.0.0.1\"}}",
                "{\"path\":{\"orderId\":{\"a\":1}}}",
                "{\"path\":{\"orderId\":1},\"body\":{}}"
            })
    void what_does_not_mean_this_operation_is_refused(String arguments) {
        assertThat(bind("getOrder", arguments)).isInstanceOf(Binding.Unfit.class);
    }

    @Test
    void a_question_mark_in_a_path_value_stays_in_its_segment() {
        assertThat(bind("getOrder", "{\"path\":{\"orderId\":\"1?admin=true#x\"}}"))
                .isInstanceOfSatisfying(Binding.Bound.class, bound -> {
                    assertThat(bound.rawPath()).isEqualTo("/api/orders/1%3Fadmin%3Dtrue%23x");
                    assertThat(bound.rawQuery()).isEmpty();
                });
    }

    @Test
    void a_text_is_not_taken_for_a_number() {
        assertThat(bind("deleteOrder", "{\"path\":{\"orderId\":\"7\"}}"))
                .isInstanceOfSatisfying(
                        Binding.Unfit.class,
                        unfit -> assertThat(unfit.problems())
                                .extracting(SchemaProblem::pointer)
                                .containsExactly("/path/orderId"));
    }

    @Test
    void header_values_cannot_break_out_of_their_line() {
        assertThat(bind("listOrders", "{\"headers\":{\"X-Trace-Label\":\"a\\r\\nX-Admin: 1\"}}"))
                .isInstanceOf(Binding.Unfit.class);
    }

    @Test
    void every_problem_is_told_with_its_place() {
        assertThat(bind("createOrder", "{\"body\":{\"sku\":\"x\",\"quantity\":0},\"query\":{\"dry\":1}}"))
                .isInstanceOfSatisfying(
                        Binding.Unfit.class,
                        unfit -> assertThat(unfit.problems())
                                .extracting(SchemaProblem::pointer)
                                .contains("/query/dry", "/body/sku", "/body/quantity"));
    }
}
