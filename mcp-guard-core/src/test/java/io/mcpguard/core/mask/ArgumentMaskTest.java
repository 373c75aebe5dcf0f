package io.mcpguard.core.mask;

import static io.mcpguard.catalog.Parameter.Location.HEADER;
import static io.mcpguard.catalog.Parameter.Location.PATH;
import static io.mcpguard.catalog.Parameter.Location.QUERY;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.catalog.Operation;
import io.mcpguard.catalog.OperationId;
import io.mcpguard.catalog.Parameter;
import io.mcpguard.catalog.Schema;
import io.mcpguard.core.mask.MaskRule.Keep;
import io.mcpguard.credential.KeySource;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ArgumentMaskTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String MASKED = "hmac-sha256:audit-1:[A-Za-z0-9_-]{22}";
    private static final Schema ANY = new Schema("{}");

    private final Operation updateOrder = Operation.builder(
                    new OperationId("updateOrder"), "orders", "PUT", "/orders/{orderId}")
            .parameter(new Parameter("orderId", PATH, true, ANY, ""))
            .parameter(new Parameter("status", QUERY, false, ANY, ""))
            .parameter(new Parameter("X-Trace", HEADER, false, ANY, ""))
            .build();

    @Test
    void strings_and_numbers_are_hashed_and_booleans_and_null_are_clear() {
        Map<String, String> kept =
                mask().mask(updateOrder, body("{\"name\":\"Ada\",\"total\":12.5,\"rush\":true,\"note\":null}"));

        assertThat(kept).containsOnlyKeys("/body/name", "/body/total", "/body/rush", "/body/note");
        assertThat(kept.get("/body/name")).matches(MASKED);
        assertThat(kept.get("/body/total")).matches(MASKED);
        assertThat(kept).containsEntry("/body/rush", "true").containsEntry("/body/note", "null");
    }

    @Test
    void a_call_leaves_the_same_arguments_over_rest_and_mcp() {
        CallArguments mcp = CallArguments.ofTool(json("""
                {"endpoint_id":"updateOrder","path_params":{"orderId":100},
                 "query_params":{"status":["open"],"page":2.0,"all":true,"none":null},
                 "headers":{"x-trace":"abc"},"body":{"items":[{"sku":"A/1"},{"sku":"B"}]}}"""));
        CallArguments rest = CallArguments.builder()
                .parameter(PATH, "orderId", "100")
                .parameter(QUERY, "status", "open")
                .parameter(QUERY, "page", "2")
                .parameter(QUERY, "all", "true")
                .parameter(HEADER, "X-TRACE", "abc")
                .body(json("{\"items\":[{\"sku\":\"A/1\"},{\"sku\":\"B\"}]}"))
                .build();

        Map<String, String> kept = mask().mask(updateOrder, rest);

        assertThat(mask().mask(updateOrder, mcp)).isEqualTo(kept);
        assertThat(kept)
                .containsOnlyKeys(
                        "/path/orderId",
                        "/query/status",
                        "/query/page",
                        "/query/all",
                        "/header/X-Trace",
                        "/body/items/0/sku",
                        "/body/items/1/sku");
    }

    @Test
    void headers_nobody_declared_are_left_out() {
        CallArguments arguments = CallArguments.builder()
                .parameter(HEADER, "Authorization", "Bearer secret")
                .parameter(HEADER, "Cookie", "sid=1")
                .build();

        assertThat(mask().mask(updateOrder, arguments)).isEmpty();
    }

    @Test
    void names_that_are_data_are_hashed() {
        Map<String, String> kept =
                mask().mask(updateOrder, body("{\"shares\":{\"ada@example.com\":1,\"4111 1111 1111 1111\":2,\"\":3}}"));

        assertThat(kept.toString()).doesNotContain("4111");
        assertThat(kept).hasSize(3).containsKey("/body/shares/ada@example.com");
        assertThat(kept.keySet()).anyMatch(pointer -> pointer.matches("/body/shares/" + MASKED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "Z", "_", "$", "@", "a0", "a.b:c-d", "x9_$@.:-", "LONGEST"})
    void names_stand_in_the_trail(String text) {
        String name = text.equals("LONGEST") ? "n".repeat(64) : text;

        assertThat(mask().mask(updateOrder, body("{\"" + name + "\":1}"))).containsOnlyKeys("/body/" + name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0a", ".a", "-a", ":a", "a b", "a/b", "a~b", "a{", "a[", "a`", "\u00e9", "a\u00e9", "TOO LONG"})
    void other_names_are_hashed(String text) {
        String name = text.equals("TOO LONG") ? "n".repeat(65) : text;

        assertThat(mask().mask(updateOrder, body("{\"" + name + "\":1}")).keySet())
                .singleElement()
                .asString()
                .matches("/body/" + MASKED);
    }

    @Test
    void one_value_looks_different_in_another_argument_and_operation() {
        ArgumentMask mask = mask();
        Map<String, String> kept = mask.mask(updateOrder, body("{\"a\":\"same\",\"b\":\"same\"}"));

        assertThat(kept.get("/body/a")).isNotEqualTo(kept.get("/body/b"));
        assertThat(mask.hash("updateOrder", "/body/a", "same")).isEqualTo(kept.get("/body/a"));
        assertThat(mask.hash("otherOperation", "/body/a", "same")).isNotEqualTo(kept.get("/body/a"));
    }

    @Test
    void rules_decide_in_their_order() {
        ArgumentMask mask = mask(
                new MaskRule("updateOrder", "/body/cards/*/number", Keep.LAST_FOUR),
                new MaskRule(MaskRule.ANY, "/body/cards", Keep.DROP),
                new MaskRule(MaskRule.ANY, "/header/x-trace", Keep.CLEAR),
                new MaskRule("otherOperation", "/path/orderId", Keep.CLEAR),
                new MaskRule(MaskRule.ANY, "/query/status", Keep.CLEAR));
        CallArguments arguments = CallArguments.builder()
                .parameter(PATH, "orderId", "7")
                .parameter(QUERY, "status", "open")
                .parameter(HEADER, "X-Trace", "t1")
                .body(json("{\"cards\":[{\"number\":4111111111111111,\"cvc\":\"123\"},{\"number\":\"1234567\"}]}"))
                .build();

        Map<String, String> kept = mask.mask(updateOrder, arguments);

        assertThat(kept)
                .containsOnlyKeys(
                        "/path/orderId",
                        "/query/status",
                        "/header/X-Trace",
                        "/body/cards/0/number",
                        "/body/cards/1/number")
                .containsEntry("/body/cards/0/number", "****1111")
                .containsEntry("/body/cards/1/number", "****")
                .containsEntry("/query/status", "open")
                .containsEntry("/header/X-Trace", "t1");
        assertThat(kept.get("/path/orderId")).matches(MASKED);
    }

    @Test
    void a_clear_rule_opens_a_value_and_never_a_tree() {
        ArgumentMask mask = mask(new MaskRule(MaskRule.ANY, "/body", Keep.CLEAR));

        assertThat(mask.mask(updateOrder, body("{\"secret\":\"s3cret\"}")).toString())
                .doesNotContain("s3cret");
    }

    @Test
    void says_how_many_values_it_left_out() {
        StringBuilder many = new StringBuilder("[0");
        for (int i = 1; i < 1_000; i++) {
            many.append(',').append(i);
        }

        Map<String, String> kept =
                mask().mask(updateOrder, body(many.append(']').toString()));

        assertThat(kept).hasSize(MaskedValues.MAX_VALUES + 1);
        assertThat(kept).containsEntry(ArgumentMask.CUT, String.valueOf(1_000 - MaskedValues.MAX_VALUES));
    }

    @Test
    void a_huge_exponent_stays_short() {
        assertThat(MaskText.of(JSON.getNodeFactory().numberNode(new BigDecimal("10E+999999998"))))
                .isEqualTo("1E+999999999");
        assertThat(MaskText.of(JSON.getNodeFactory().numberNode(Double.POSITIVE_INFINITY)))
                .containsIgnoringCase("inf");
    }

    @Test
    void masks_the_arguments_of_a_listing() {
        assertThat(mask().mask("list_endpoints", json("{\"query\":\"orders\"}")))
                .containsOnlyKeys("/query")
                .allSatisfy((pointer, value) -> assertThat(value).matches(MASKED));
    }

    @Test
    void without_a_key_values_are_masked_and_do_not_compare_with_another_process() {
        KeySource none = keys(Optional.empty());
        Map<String, String> one =
                ArgumentMask.of(none, new SecureRandom(), List.of()).mask(updateOrder, body("{\"a\":\"x\"}"));
        Map<String, String> other =
                ArgumentMask.of(none, new SecureRandom(), List.of()).mask(updateOrder, body("{\"a\":\"x\"}"));

        assertThat(one.get("/body/a")).matches("hmac-sha256:process-[0-9a-f]{8}:[A-Za-z0-9_-]{22}");
        assertThat(one).isNotEqualTo(other);
    }

    private static CallArguments body(String json) {
        return CallArguments.builder().body(json(json)).build();
    }

    private static JsonNode json(String json) {
        return JSON.readTree(json);
    }

    private static ArgumentMask mask(MaskRule... rules) {
        return ArgumentMask.of(keys(Optional.of(key())), new SecureRandom(), List.of(rules));
    }

    private static KeySource.NamedKey key() {
        return new KeySource.NamedKey("audit-1", new SecretKeySpec(new byte[32], "HmacSHA256"));
    }

    private static KeySource keys(Optional<KeySource.NamedKey> current) {
        return new KeySource() {
            @Override
            public Optional<NamedKey> current(Purpose purpose) {
                return purpose == Purpose.AUDIT_MASK ? current : Optional.empty();
            }

            @Override
            public Optional<NamedKey> find(Purpose purpose, String id) {
                return current(purpose).filter(key -> key.id().equals(id));
            }
        };
    }
}
