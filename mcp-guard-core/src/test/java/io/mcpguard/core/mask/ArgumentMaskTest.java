package io.mcpguard.core.mask;

import static io.mcpguard.catalog.Parameter.Location.HEADER;
import static io.mcpguard.catalog.Parameter.Location.PATH;
import static io.mcpguard.catalog.Parameter.Location.QUERY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.audit.ValueRule;
import io.mcpguard.audit.ValueRule.Keep;
import io.mcpguard.catalog.Operation;
import io.mcpguard.catalog.OperationId;
import io.mcpguard.catalog.Parameter;
import io.mcpguard.catalog.Product;
import io.mcpguard.catalog.RequestBody;
import io.mcpguard.catalog.Schema;
import io.mcpguard.core.catalog.DeclaredNames;
import io.mcpguard.core.catalog.PublishedOperation;
import io.mcpguard.core.credential.ApiKey;
import io.mcpguard.credential.KeySource;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ArgumentMaskTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String MASKED = "hmac-sha256:audit-1:[A-Za-z0-9_-]{22}";
    private static final Schema ANY = new Schema("{}");

    private static final String BODY = """
            {"type":"object","properties":{
              "name":{"type":"string"},"total":{"type":"number"},"rush":{"type":"boolean"},"note":{"type":["string","null"]},
              "a":{"type":"string"},"b":{"type":"string"},"secret":{"type":"string"},
              "shares":{"type":"object","additionalProperties":{"type":"object","properties":{"percent":{"type":"integer"}}}},
              "cards":{"type":"array","items":{"$ref":"#/$defs/Card"}},
              "items":{"type":"array","items":{"type":"object","properties":{"sku":{"type":"string"}}}}},
             "$defs":{"Card":{"type":"object","properties":{
               "number":{"type":["string","integer"]},"cvc":{"type":"string"}}}}}""";

    private final PublishedOperation updateOrder =
            published(Operation.builder(new OperationId("updateOrder"), "orders", "PUT", "/orders/{orderId}")
                    .parameter(new Parameter("orderId", PATH, true, ANY, ""))
                    .parameter(new Parameter("status", QUERY, false, ANY, ""))
                    .parameter(new Parameter("page", QUERY, false, ANY, ""))
                    .parameter(new Parameter("all", QUERY, false, ANY, ""))
                    .parameter(new Parameter("X-Trace", HEADER, false, ANY, ""))
                    .body(new RequestBody(true, "application/json", new Schema(BODY))));

    private static PublishedOperation published(Operation.Builder operation) {
        return PublishedOperation.ofFeature(new Product("orders", "Orders", "", ""), operation.build());
    }

    @Test
    void strings_and_numbers_are_hashed_and_booleans_and_null_are_clear() {
        Map<String, String> kept = mask().mask(
                        updateOrder, body("{\"name\":\"Ada\",\"total\":12.5,\"rush\":true,\"note\":null}"), List.of());

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

        Map<String, String> kept = mask().mask(updateOrder, rest, List.of());

        assertThat(mask().mask(updateOrder, mcp, List.of())).isEqualTo(kept);
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

        assertThat(mask().mask(updateOrder, arguments, List.of())).isEmpty();
    }

    @Test
    void a_name_that_nobody_declared_is_data_and_is_hashed() {
        Map<String, String> kept = mask().mask(
                        updateOrder,
                        body("{\"alice\":1,\"name\":{\"DE89370400440532013000\":true},\"\":2}"),
                        List.of());

        assertThat(kept.toString()).doesNotContain("alice", "DE89");
        assertThat(kept.keySet()).allMatch(pointer -> pointer.matches("(/body/name)?(/body)?/" + MASKED));
        assertThat(kept).hasSize(3);
    }

    @Test
    void the_keys_of_a_map_are_hashed_and_what_is_declared_below_them_is_not() {
        Map<String, String> kept =
                mask().mask(updateOrder, body("{\"shares\":{\"percent\":{\"percent\":40,\"bob\":true}}}"), List.of());

        assertThat(kept.keySet())
                .anyMatch(pointer -> pointer.matches("/body/shares/" + MASKED + "/percent"))
                .anyMatch(pointer -> pointer.matches("/body/shares/" + MASKED + "/" + MASKED))
                .hasSize(2);
    }

    @Test
    void a_parameter_that_nobody_declared_has_its_name_hashed() {
        CallArguments arguments = CallArguments.builder()
                .parameter(QUERY, "alice", "1")
                .parameter(PATH, "bob", "2")
                .build();

        Map<String, String> kept = mask().mask(updateOrder, arguments, List.of());

        assertThat(kept.keySet())
                .anyMatch(pointer -> pointer.matches("/query/" + MASKED))
                .anyMatch(pointer -> pointer.matches("/path/" + MASKED))
                .hasSize(2);
    }

    @Test
    void without_a_schema_every_name_in_a_body_is_hashed() {
        PublishedOperation open = published(Operation.builder(new OperationId("open"), "orders", "POST", "/open"));

        assertThat(mask().mask(open, body("{\"name\":\"Ada\"}"), List.of()).keySet())
                .singleElement()
                .asString()
                .matches("/body/" + MASKED);
    }

    @Test
    void a_body_of_many_long_names_costs_no_more_than_its_own_length() {
        StringBuilder many = new StringBuilder("{");
        for (int i = 0; i < 10_000; i++) {
            many.append(i == 0 ? "\"" : ",\"").append("n".repeat(50)).append(i).append("\":{\"x\":1}");
        }

        Map<String, String> kept =
                mask().mask(updateOrder, body(many.append('}').toString()), List.of());

        assertThat(kept).hasSize(MaskedValues.MAX_VALUES + 1);
        assertThat(kept).containsEntry(ArgumentMask.CUT, String.valueOf(10_000 - MaskedValues.MAX_VALUES));
    }

    @Test
    void one_value_looks_different_in_another_argument_and_operation() {
        ArgumentMask mask = mask();
        Map<String, String> kept = mask.mask(updateOrder, body("{\"a\":\"same\",\"b\":\"same\"}"), List.of());

        assertThat(kept.get("/body/a")).isNotEqualTo(kept.get("/body/b"));
        assertThat(mask.hash("updateOrder", "/body/a", "same")).isEqualTo(kept.get("/body/a"));
        assertThat(mask.hash("otherOperation", "/body/a", "same")).isNotEqualTo(kept.get("/body/a"));
    }

    @Test
    void rules_decide_in_their_order() {
        ArgumentMask mask = mask(
                ValueRule.of("updateOrder", "/body/cards/*/number", Keep.MASK),
                ValueRule.of(ValueRule.ANY, "/body/cards", Keep.DROP),
                ValueRule.of(ValueRule.ANY, "/header/x-trace", Keep.CLEAR),
                ValueRule.of("otherOperation", "/path/orderId", Keep.CLEAR),
                ValueRule.of(ValueRule.ANY, "/query/status", Keep.CLEAR));
        CallArguments arguments = CallArguments.builder()
                .parameter(PATH, "orderId", "7")
                .parameter(QUERY, "status", "open")
                .parameter(HEADER, "X-Trace", "t1")
                .body(json("{\"cards\":[{\"number\":4111111111111111,\"cvc\":\"123\"},{\"number\":\"1234567\"}]}"))
                .build();

        Map<String, String> kept = mask.mask(updateOrder, arguments, List.of());

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
    void a_rule_for_a_parameter_is_for_each_of_its_values() {
        ArgumentMask mask = mask(ValueRule.of(ValueRule.ANY, "/query/status", Keep.CLEAR));
        CallArguments arguments = CallArguments.builder()
                .parameter(QUERY, "status", "open")
                .parameter(QUERY, "status", "paid")
                .build();

        assertThat(mask.mask(updateOrder, arguments, List.of()))
                .containsEntry("/query/status/0", "open")
                .containsEntry("/query/status/1", "paid");
    }

    @Test
    void a_profile_makes_what_is_kept_stricter_and_never_more_open() {
        ArgumentMask mask = mask(
                ValueRule.of(ValueRule.ANY, "/body/a", Keep.CLEAR),
                ValueRule.of(ValueRule.ANY, "/body/b", Keep.DROP),
                ValueRule.of(ValueRule.ANY, "/body/name", Keep.CLEAR));
        List<ValueRule> ofProfile = List.of(
                ValueRule.of("updateOrder", "/body/a", Keep.HMAC),
                ValueRule.of(ValueRule.ANY, "/body/b", Keep.MASK),
                ValueRule.of(ValueRule.ANY, "/body/total", Keep.MASK),
                ValueRule.of(ValueRule.ANY, "/body/rush", Keep.DROP),
                ValueRule.of("otherOperation", "/body/name", Keep.DROP));

        Map<String, String> kept = mask.mask(
                updateOrder,
                body("{\"a\":\"1\",\"b\":\"2\",\"name\":\"Ada\",\"total\":123456789,\"rush\":true}"),
                ofProfile);

        assertThat(kept)
                .containsOnlyKeys("/body/a", "/body/name", "/body/total")
                .containsEntry("/body/name", "Ada");
        assertThat(kept.get("/body/a")).matches(MASKED);
        assertThat(kept.get("/body/total")).matches(MASKED);
    }

    @Test
    void equal_values_match_across_operations_only_where_rules_correlate_them() {
        ArgumentMask mask = mask(
                ValueRule.correlating("updateOrder", "/path/orderId", "order-id"),
                ValueRule.correlating(ValueRule.ANY, "/query/order", "order-id"),
                ValueRule.correlating(ValueRule.ANY, "/query/customer", "customer-id"));
        PublishedOperation find = published(Operation.builder(new OperationId("find"), "orders", "GET", "/find")
                .parameter(new Parameter("order", QUERY, false, ANY, ""))
                .parameter(new Parameter("customer", QUERY, false, ANY, "")));

        String updated = mask.mask(
                        updateOrder,
                        CallArguments.builder().parameter(PATH, "orderId", "17").build(),
                        List.of())
                .get("/path/orderId");
        Map<String, String> found = mask.mask(
                find,
                CallArguments.builder()
                        .parameter(QUERY, "order", "17")
                        .parameter(QUERY, "customer", "17")
                        .build(),
                List.of());

        assertThat(found.get("/query/order")).isEqualTo(updated);
        assertThat(found.get("/query/customer")).isNotEqualTo(updated).matches(MASKED);
        assertThat(new ValueHash(key(), "").correlated("order-id", "17")).isEqualTo(updated);
        assertThat(mask.hash("find", "/query/order", "17")).isNotEqualTo(updated);
    }

    @Test
    void tenants_that_share_a_key_do_not_share_hashes() {
        ValueHash one = new ValueHash(key(), "one");
        ValueHash other = new ValueHash(key(), "other");

        assertThat(one.of("a", "/b", "c")).isNotEqualTo(other.of("a", "/b", "c"));
        assertThat(one.correlated("b", "c")).isNotEqualTo(other.correlated("b", "c"));
        assertThatThrownBy(() -> new ValuePolicy("a\0b", List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tenant");
    }

    @Test
    void a_credential_in_a_value_that_stands_in_clear_is_removed() {
        ArgumentMask mask = mask(ValueRule.of(ValueRule.ANY, "/body/note", Keep.CLEAR));
        String key = ApiKey.generate(ApiKey.Kind.LIVE, new SecureRandom()).reveal();

        String kept =
                String.valueOf(mask.mask(updateOrder, body("{\"note\":\"" + "x".repeat(240) + key + "\"}"), List.of())
                        .get("/body/note"));

        assertThat(kept).startsWith("xxx").doesNotContain(key.substring(19, 25));
    }

    @Test
    void a_clear_rule_opens_a_value_and_never_a_tree() {
        ArgumentMask mask = mask(ValueRule.of(ValueRule.ANY, "/body", Keep.CLEAR));

        assertThat(mask.mask(updateOrder, body("{\"secret\":\"s3cret\"}"), List.of())
                        .toString())
                .doesNotContain("s3cret");
    }

    @Test
    void says_how_many_values_it_left_out() {
        StringBuilder many = new StringBuilder("[0");
        for (int i = 1; i < 1_000; i++) {
            many.append(',').append(i);
        }

        Map<String, String> kept =
                mask().mask(updateOrder, body(many.append(']').toString()), List.of());

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
    void masks_the_arguments_of_a_feature_from_their_root() {
        assertThat(mask().mask("find", DeclaredNames.of(List.of("query")), json("{\"query\":\"orders\"}"), List.of()))
                .containsOnlyKeys("/query")
                .allSatisfy((pointer, value) -> assertThat(value).matches(MASKED));
    }

    @Test
    void without_a_key_values_are_masked_and_do_not_compare_with_another_process() {
        KeySource none = keys(Optional.empty());
        Map<String, String> one = ArgumentMask.of(none, new SecureRandom(), ValuePolicy.STANDARD)
                .mask(updateOrder, body("{\"a\":\"x\"}"), List.of());
        Map<String, String> other = ArgumentMask.of(none, new SecureRandom(), ValuePolicy.STANDARD)
                .mask(updateOrder, body("{\"a\":\"x\"}"), List.of());

        assertThat(one.get("/body/a")).matches("hmac-sha256:process-[0-9a-f]{8}:[A-Za-z0-9_-]{22}");
        assertThat(one).isNotEqualTo(other);
    }

    private static CallArguments body(String json) {
        return CallArguments.builder().body(json(json)).build();
    }

    private static JsonNode json(String json) {
        return JSON.readTree(json);
    }

    private static ArgumentMask mask(ValueRule... rules) {
        return ArgumentMask.of(keys(Optional.of(key())), new SecureRandom(), new ValuePolicy("", List.of(rules)));
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
