package io.mcpguard.core.tool;

import static io.mcpguard.core.tool.OrdersTools.json;
import static io.mcpguard.core.tool.OrdersTools.profile;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditResult.Outcome;
import io.mcpguard.audit.Stage;
import io.mcpguard.catalog.Product;
import io.mcpguard.catalog.ProductOperations;
import io.mcpguard.core.catalog.Catalog;
import io.mcpguard.core.catalog.CompiledSchema;
import io.mcpguard.core.catalog.Published;
import io.mcpguard.core.json.JsonOutput;
import io.mcpguard.decision.Decision;
import io.mcpguard.decision.Reason;
import io.mcpguard.error.InvocationException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ToolsTest {

    private final OrdersTools orders = new OrdersTools();

    private static List<String> ids(ToolResult result) {
        return result.structured()
                .orElseThrow()
                .path("endpoints")
                .valueStream()
                .map(endpoint -> endpoint.path("endpoint_id").stringValue(""))
                .toList();
    }

    private static String codeOf(ToolResult result) {
        assertThat(result.error()).isTrue();
        assertThat(result.structured().orElseThrow().path("content_type").stringValue(""))
                .isEqualTo("application/problem+json");
        assertThat(result.structured().orElseThrow().path("status").intValue())
                .isEqualTo(result.structured().orElseThrow().at("/body/status").intValue());
        return result.structured().orElseThrow().at("/body/code").stringValue("");
    }

    private static List<String> problems(ToolResult result) {
        return result.structured()
                .orElseThrow()
                .at("/body/problems")
                .valueStream()
                .map(problem -> problem.path("pointer").stringValue(""))
                .toList();
    }

    @Test
    void the_definitions_say_everything_a_client_needs_and_stay_small() {
        List<ToolDefinition> definitions = orders.tools().definitions();

        assertThat(definitions)
                .extracting(ToolDefinition::name)
                .containsExactly("list_collections", "list_endpoints", "endpoint_details", "execute_endpoint");
        int size = 0;
        for (ToolDefinition definition : definitions) {
            JsonNode tool = definition.definition();
            assertThat(tool.path("description").stringValue("")).isNotBlank();
            assertThat(tool.path("title").stringValue("")).isNotBlank();
            assertThat(tool.at("/inputSchema/type").stringValue("")).isEqualTo("object");
            assertThat(tool.at("/inputSchema/additionalProperties").booleanValue())
                    .isFalse();
            assertThat(tool.at("/outputSchema/type").stringValue("")).isEqualTo("object");
            assertThat(tool.path("annotations").propertyNames())
                    .containsExactlyInAnyOrder(
                            "title", "readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint");
            size += JsonOutput.bytes(tool).length;
        }
        assertThat(size).as("about four bytes a token").isLessThan(5000);
    }

    @Test
    void collections_count_what_this_profile_may_call_and_others_do_not_exist() {
        JsonNode reader = orders.call("reader", "list_collections", "{}")
                .structured()
                .orElseThrow()
                .path("collections");
        orders.profiles.hold(List.of(profile("reader", "2", Set.of("nothing"), Set.of("GET"))));
        JsonNode nobody = orders.call("reader", "list_collections", "{}")
                .structured()
                .orElseThrow()
                .path("collections");

        assertThat(reader.toString())
                .isEqualTo("[{\"collection_id\":\"orders\",\"name\":\"Orders\",\"description\":\"Customer orders\","
                        + "\"base_path\":\"/api/orders\",\"published_endpoints\":3}]");
        assertThat(nobody.size()).isZero();
        assertThat(orders.records).hasSize(2).allMatch(e -> e.stage() == Stage.OUTCOME);
        assertThat(orders.last().target().operationId()).isEqualTo("list_collections");
    }

    @Test
    void endpoints_are_listed_in_order_with_what_is_needed_to_choose() {
        ToolResult result = orders.call("reader", "list_endpoints", "{}");

        assertThat(ids(result)).containsExactly("exportOrders", "getOrder", "listOrders");
        assertThat(result.structured().orElseThrow().at("/endpoints/1").toString())
                .isEqualTo("{\"endpoint_id\":\"getOrder\",\"collection_id\":\"orders\",\"collection_name\":\"Orders\","
                        + "\"name\":\"getOrder\",\"description\":\"\",\"path\":\"/api/orders/{orderId}\","
                        + "\"methods\":[\"GET\"]}");
        assertThat(result.structured().orElseThrow().has("next_cursor")).isFalse();
        assertThat(ids(orders.call("reader", "list_endpoints", "{\"collection_id\":\"orders\"}")))
                .hasSize(3);
        assertThat(ids(orders.call("reader", "list_endpoints", "{\"collection_id\":\"Orders\"}")))
                .isEmpty();
        assertThat(ids(orders.call("writer", "list_endpoints", "{}")))
                .contains("createOrder")
                .doesNotContain("deleteOrder");
    }

    @ParameterizedTest
    @CsvSource({
        "create order, createOrder",
        "CREATE, createOrder",
        "csv export, exportOrders",
        "status, listOrders",
        "trace label, listOrders",
        "order export.csv, exportOrders"
    })
    void a_search_finds_by_id_path_and_parameters(String query, String first) {
        assertThat(ids(orders.call("writer", "list_endpoints", "{\"query\":\"" + query + "\"}")))
                .first()
                .isEqualTo(first);
    }

    @Test
    void a_search_never_shows_what_the_profile_may_not_call() {
        assertThat(ids(orders.call("writer", "list_endpoints", "{\"query\":\"deleteOrder\"}")))
                .doesNotContain("deleteOrder");
        assertThat(ids(orders.call("reader", "list_endpoints", "{\"query\":\"zzz\"}")))
                .isEmpty();
    }

    private static OrdersTools manyOperations() {
        var operations = new ArrayList<io.mcpguard.catalog.Operation>();
        for (int i = 100; i < 220; i++) {
            operations.add(
                    Published.operation("op" + i, "GET", "/api/orders/op" + i).build());
        }
        Product product = Published.ORDERS;
        return new OrdersTools(Catalog.of(List.of(new ProductOperations(product, operations))));
    }

    @Test
    void pages_follow_each_other_without_gap_or_repetition() {
        OrdersTools many = manyOperations();
        List<String> all = new ArrayList<>();
        String arguments = "{\"query\":\"orders\"}";
        int pages = 0;
        while (true) {
            ToolResult page = many.call("reader", "list_endpoints", arguments);
            all.addAll(ids(page));
            pages++;
            assertThat(page.structured().orElseThrow().path("total").intValue()).isEqualTo(120);
            if (!page.structured().orElseThrow().has("next_cursor")) {
                break;
            }
            arguments = "{\"query\":\"orders\",\"cursor\":\""
                    + page.structured().orElseThrow().path("next_cursor").stringValue("") + "\"}";
        }

        assertThat(pages).isEqualTo(3);
        assertThat(all).hasSize(120).doesNotHaveDuplicates();
    }

    @Test
    void a_cursor_of_another_search_profile_version_or_a_changed_one_is_refused() {
        OrdersTools many = manyOperations();
        String cursor = many.call("reader", "list_endpoints", "{}")
                .structured()
                .orElseThrow()
                .path("next_cursor")
                .stringValue("");
        char swapped = cursor.charAt(5) == 'A' ? 'B' : 'A';
        String changed = cursor.substring(0, 5) + swapped + cursor.substring(6);

        assertThat(ids(many.call("reader", "list_endpoints", "{\"cursor\":\"" + cursor + "\"}")))
                .hasSize(50);
        for (String arguments : List.of(
                "{\"cursor\":\"" + changed + "\"}",
                "{\"cursor\":\"" + cursor + "A\"}",
                "{\"cursor\":\"\"}",
                "{\"cursor\":\"NTA\"}",
                "{\"cursor\":\"%00\"}",
                "{\"cursor\":\"" + cursor + "\",\"query\":\"op\"}",
                "{\"cursor\":\"" + cursor + "\",\"collection_id\":\"orders\"}")) {
            ToolResult refused = many.call("reader", "list_endpoints", arguments);
            assertThat(codeOf(refused)).as(arguments).isEqualTo("arguments-invalid");
            assertThat(problems(refused)).containsExactly("/cursor");
        }
        assertThat(codeOf(many.call("writer", "list_endpoints", "{\"cursor\":\"" + cursor + "\"}")))
                .isEqualTo("arguments-invalid");
        many.profiles.hold(List.of(profile("reader", "2", Set.of("*"), Set.of("GET"))));
        assertThat(codeOf(many.call("reader", "list_endpoints", "{\"cursor\":\"" + cursor + "\"}")))
                .isEqualTo("arguments-invalid");
    }

    @Test
    void details_hold_everything_needed_for_a_call() {
        JsonNode list = orders.call("writer", "endpoint_details", "{\"endpoint_id\":\"listOrders\"}")
                .structured()
                .orElseThrow();
        JsonNode create = orders.call("writer", "endpoint_details", "{\"endpoint_id\":\"createOrder\"}")
                .structured()
                .orElseThrow();

        assertThat(list.at("/query_params/0/name").stringValue("")).isEqualTo("status");
        assertThat(list.at("/query_params/0/schema/enum").toString()).isEqualTo("[\"OPEN\",\"SHIPPED\"]");
        assertThat(list.at("/headers/0/name").stringValue("")).isEqualTo("X-Trace-Label");
        assertThat(list.at("/hints").toString())
                .isEqualTo("{\"read_only\":true,\"destructive\":false,\"idempotent\":true}");
        assertThat(list.at("/limits/of_profile").toString())
                .isEqualTo(
                        "[{\"name\":\"calls\",\"calls\":60,\"period\":\"PT1M\"},{\"name\":\"at-once\",\"calls_at_once\":4}]");
        assertThat(list.at("/authentication/required").booleanValue()).isTrue();
        assertThat(create.at("/request_body/required").booleanValue()).isTrue();
        assertThat(create.at("/request_body/schema/required").toString()).isEqualTo("[\"sku\",\"quantity\"]");
        assertThat(orders.calls).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"endpoint_details", "execute_endpoint"})
    void what_is_hidden_and_what_does_not_exist_look_the_same(String tool) {
        orders.rules.add((caller, operation) -> operation.id().value().equals("exportOrders")
                ? new Decision.Deny(Reason.RULE_REFUSED, "owner-said-no")
                : new Decision.Allow("rule"));
        List<String> answers = new ArrayList<>();
        for (String id :
                List.of("deleteOrder", "createOrder", "exportOrders", "noSuch", "../getOrder", "GETORDER", "")) {
            ToolResult result = orders.call("reader", tool, "{\"endpoint_id\":\"" + id + "\"}");
            if (id.isEmpty()) {
                assertThat(result.error()).isTrue();
                continue;
            }
            assertThat(codeOf(result)).isEqualTo("operation-not-available");
            answers.add(result.structured().orElseThrow().toString().replaceAll("urn:uuid:[0-9a-f-]+", ""));
        }

        assertThat(answers.stream().distinct()).hasSize(1);
        assertThat(orders.records).hasSize(7).allMatch(e -> e.stage() == Stage.DENIED);
        assertThat(orders.calls).isEmpty();
        assertThat(orders.inFlight).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "list_collections | {\"x\":1} | /x",
                "list_endpoints | {\"Query\":\"a\"} | /Query",
                "list_endpoints | {\"query\":7} | /query",
                "list_endpoints | {\"collection_id\":[\"orders\"]} | /collection_id",
                "endpoint_details | {} | /endpoint_id",
                "endpoint_details | {\"endpoint_id\":null} | /endpoint_id",
                "endpoint_details | {\"endpoint_id\":7} | /endpoint_id",
                "execute_endpoint | {} | /endpoint_id",
                "execute_endpoint | {\"endpoint_id\":\"getOrder\",\"path_params\":{\"orderId\":1},\"confirm\":true} | /confirm",
                "execute_endpoint | {\"endpoint_id\":\"getOrder\",\"path_params\":[1]} | /path_params",
                "execute_endpoint | {\"endpoint_id\":\"getOrder\",\"path_params\":\"[1]\"} | /path_params",
                "execute_endpoint | {\"endpoint_id\":\"getOrder\",\"path_params\":\"orderId=1\"} | /path_params",
                "execute_endpoint | {\"endpoint_id\":\"getOrder\",\"path_params\":{}} | /path/orderId",
                "execute_endpoint | {\"endpoint_id\":\"getOrder\",\"path_params\":{\"orderId\":\"..\"}} | /path/orderId",
                "execute_endpoint | {\"endpoint_id\":\"listOrders\",\"query_params\":{\"admin\":1}} | /query/admin",
                "execute_endpoint | {\"endpoint_id\":\"listOrders\",\"headers\":{\"Authorization\":\"x\"}} | /header/Authorization",
                "execute_endpoint | {\"endpoint_id\":\"createOrder\",\"body\":{\"sku\":\"ABC-1\",\"quantity\":\"1\"}} | /body/quantity",
                "execute_endpoint | {\"endpoint_id\":\"createOrder\"} | /body"
            })
    void arguments_that_do_not_fit_are_pointed_at_and_nothing_runs(String tool, String arguments, String pointer) {
        ToolResult result = orders.call("writer", tool, arguments);

        assertThat(codeOf(result)).isEqualTo("arguments-invalid");
        assertThat(problems(result)).contains(pointer);
        assertThat(orders.calls).isEmpty();
        assertThat(orders.records).hasSize(1);
        assertThat(orders.last().stage()).isEqualTo(Stage.DENIED);
        assertThat(orders.inFlight).isZero();
    }

    @Test
    void text_that_holds_json_is_unwrapped_where_an_object_is_declared_and_nowhere_else() {
        ToolResult create = orders.call(
                "writer",
                "execute_endpoint",
                "{\"endpoint_id\":\"createOrder\",\"query_params\":\"{}\",\"body\":\"{\\\"sku\\\":\\\"ABC-1\\\",\\\"quantity\\\":2,\\\"price\\\":1.10}\"}");
        ToolResult get = orders.call(
                "writer", "execute_endpoint", "{\"endpoint_id\":\"getOrder\",\"path_params\":\"{\\\"orderId\\\":7}\"}");
        ToolResult wrapped = orders.call(
                "writer",
                "execute_endpoint",
                "{\"endpoint_id\":\"getOrder\",\"path_params\":{\"orderId\":\"{\\\"a\\\":1}\"}}");

        assertThat(create.error()).isFalse();
        assertThat(new String(orders.calls.get(0).body(), StandardCharsets.UTF_8))
                .isEqualTo("{\"sku\":\"ABC-1\",\"quantity\":2,\"price\":1.10}");
        assertThat(get.error()).isFalse();
        assertThat(orders.calls.get(1).rawPath()).isEqualTo("/api/orders/7");
        assertThat(wrapped.error()).isFalse();
        assertThat(orders.calls.get(2).rawPath()).isEqualTo("/api/orders/%7B%22a%22%3A1%7D");
    }

    @Test
    void a_null_body_is_none_for_an_operation_that_takes_none() {
        ToolResult result = orders.call(
                "reader",
                "execute_endpoint",
                "{\"endpoint_id\":\"getOrder\",\"path_params\":{\"orderId\":7},\"query_params\":null,\"body\":null}");

        assertThat(result.error()).isFalse();
        assertThat(orders.calls.get(0).body()).isEmpty();
    }

    @Test
    void the_record_keeps_masked_arguments_and_the_sizes() {
        orders.call(
                "writer",
                "execute_endpoint",
                "{\"endpoint_id\":\"createOrder\",\"body\":{\"sku\":\"ABC-1\",\"quantity\":2}}");

        AuditEvent intent = orders.records.get(0);
        assertThat(intent.stage()).isEqualTo(Stage.INTENT);
        assertThat(intent.target().template()).isEqualTo("POST /api/orders");
        assertThat(intent.arguments()).containsOnlyKeys("/body/sku", "/body/quantity");
        assertThat(intent.arguments().toString()).doesNotContain("ABC-1");
        assertThat(orders.last().result().bytesIn()).hasValue(28);
        assertThat(orders.last().result().bytesOut()).hasValue(11);
        assertThat(orders.last().callId()).isEqualTo(orders.calls.get(0).callId());
    }

    @Test
    void the_answer_of_the_service_is_passed_on_whatever_its_status() {
        orders.service = call -> CompletableFuture.completedStage(json(404, "{\"title\":\"no such order\",\"n\":1.0}"));

        ToolResult result = orders.call(
                "reader", "execute_endpoint", "{\"endpoint_id\":\"getOrder\",\"path_params\":{\"orderId\":7}}");

        assertThat(result.error()).isTrue();
        assertThat(result.structured().orElseThrow().toString())
                .isEqualTo("{\"status\":404,\"content_type\":\"application/json\",\"headers\":{},"
                        + "\"body\":{\"title\":\"no such order\",\"n\":1.0}}");
        assertThat(orders.last().result().outcome()).isEqualTo(Outcome.FAILURE);
        assertThat(orders.last().result().httpStatus()).hasValue(404);
    }

    @ParameterizedTest
    @CsvSource({
        "operation-timeout, no-answer, UNKNOWN",
        "operation-unreachable, no-answer, UNKNOWN",
        "invoker-overloaded, service-busy, FAILURE",
        "other, no-answer, UNKNOWN",
        "thrown, no-answer, UNKNOWN"
    })
    void a_call_without_an_answer_is_recorded_as_what_it_is_and_gives_back_its_permit(
            String failure, String code, Outcome outcome) {
        RuntimeException exception = switch (failure) {
            case "operation-timeout" -> InvocationException.timeout("10.0.0.7:8080 was silent");
            case "operation-unreachable" -> InvocationException.unreachable("10.0.0.7:8080 refused", null);
            case "invoker-overloaded" -> InvocationException.overloaded("queue of 10.0.0.7 is full");
            default -> new IllegalStateException("10.0.0.7 broke");
        };
        orders.service = call -> {
            if (failure.equals("thrown")) {
                throw exception;
            }
            return CompletableFuture.failedFuture(exception);
        };

        ToolResult result = orders.call(
                "reader", "execute_endpoint", "{\"endpoint_id\":\"getOrder\",\"path_params\":{\"orderId\":7}}");

        assertThat(codeOf(result)).isEqualTo(code);
        assertThat(result.structured().orElseThrow().toString()).doesNotContain("10.0.0.7");
        assertThat(orders.records).extracting(AuditEvent::stage).containsExactly(Stage.INTENT, Stage.OUTCOME);
        assertThat(orders.last().result().outcome()).isEqualTo(outcome);
        assertThat(orders.inFlight).isZero();
    }

    @Test
    void a_reached_limit_names_itself_and_the_wait_and_nothing_runs() {
        orders.permits = 0;

        ToolResult result = orders.call(
                "reader", "execute_endpoint", "{\"endpoint_id\":\"getOrder\",\"path_params\":{\"orderId\":7}}");

        assertThat(codeOf(result)).isEqualTo("limit-reached");
        assertThat(result.structured().orElseThrow().at("/body/limit").stringValue(""))
                .isEqualTo("calls");
        assertThat(result.structured()
                        .orElseThrow()
                        .at("/body/retry_after_seconds")
                        .intValue())
                .isEqualTo(2);
        assertThat(result.structured().orElseThrow().at("/headers/Retry-After").stringValue(""))
                .isEqualTo("2");
        assertThat(orders.calls).isEmpty();
        assertThat(orders.last().stage()).isEqualTo(Stage.DENIED);
    }

    @Test
    void an_outcome_that_cannot_be_recorded_withholds_the_result() {
        orders.service = call -> {
            orders.trailWorks = false;
            return CompletableFuture.completedStage(json(200, "{\"secret\":1}"));
        };

        ToolResult result = orders.call(
                "reader", "execute_endpoint", "{\"endpoint_id\":\"getOrder\",\"path_params\":{\"orderId\":7}}");

        assertThat(codeOf(result)).isEqualTo("outcome-unrecorded");
        assertThat(result.structured().orElseThrow().toString()).doesNotContain("secret");
        assertThat(orders.inFlight).isZero();
    }

    @Test
    void every_answer_fits_the_schema_that_its_tool_announces() {
        for (ToolDefinition definition : orders.tools().definitions()) {
            CompiledSchema schema = CompiledSchema.of(new io.mcpguard.catalog.Schema(
                    JsonOutput.text(definition.definition().path("outputSchema"))));
            String id = "\"endpoint_id\":\"listOrders\"";
            String arguments =
                    definition.definition().at("/inputSchema/required").isEmpty() ? "{}" : "{" + id + "}";
            ToolResult good = orders.call("reader", definition.name(), arguments);
            ToolResult bad = orders.call("reader", definition.name(), "{\"nonsense\":1," + id + "}");

            assertThat(good.error()).isFalse();
            assertThat(bad.error()).isTrue();
            assertThat(schema.check(good.structured().orElseThrow())).isEmpty();
            assertThat(schema.check(bad.structured().orElseThrow())).isEmpty();
        }
    }

    @Test
    void listed_described_and_callable_are_the_same_set() {
        for (String profile : List.of("reader", "writer")) {
            List<String> listed = ids(orders.call(profile, "list_endpoints", "{}"));
            for (String id : List.of("listOrders", "getOrder", "exportOrders", "createOrder", "deleteOrder")) {
                boolean described = !orders.call(profile, "endpoint_details", "{\"endpoint_id\":\"" + id + "\"}")
                        .error();
                ToolResult executed = orders.call(profile, "execute_endpoint", "{\"endpoint_id\":\"" + id + "\"}");
                boolean open =
                        executed.structured().orElseThrow().path("status").intValue() != 404;
                assertThat(described).isEqualTo(listed.contains(id));
                assertThat(open).isEqualTo(listed.contains(id));
            }
        }
    }
}
