package io.mcpguard.core.tool;

import static io.mcpguard.core.tool.OrdersTools.json;
import static io.mcpguard.core.tool.OrdersTools.profile;
import static io.mcpguard.core.tool.OrdersTools.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditResult.Outcome;
import io.mcpguard.audit.Stage;
import io.mcpguard.catalog.Hints;
import io.mcpguard.catalog.Operation;
import io.mcpguard.catalog.ProductOperations;
import io.mcpguard.catalog.RequestBody;
import io.mcpguard.catalog.Response;
import io.mcpguard.catalog.Schema;
import io.mcpguard.core.catalog.Catalog;
import io.mcpguard.core.catalog.Published;
import io.mcpguard.core.catalog.PublishedOperation;
import io.mcpguard.core.guard.Refusal;
import io.mcpguard.decision.Caller;
import io.mcpguard.decision.Decision;
import io.mcpguard.decision.Reason;
import io.mcpguard.invocation.HttpField;
import io.mcpguard.invocation.OperationResult;
import io.mcpguard.profile.Grant;
import io.mcpguard.profile.Profile;
import io.mcpguard.profile.ToolMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class DirectToolsTest {

    private static final String ORDER =
            "{\"type\":\"object\",\"required\":[\"id\"],\"properties\":{\"id\":{\"type\":\"integer\"}}}";

    private static Response response(int status, String type, String schema) {
        return new Response(status, "", Optional.of(type), Optional.of(new Schema(schema)));
    }

    private static final Operation READ = Published.operation("readOrder", "GET", "/api/orders/{id}")
            .title("Read an order")
            .description("Reads one order.")
            .parameter(Published.path("id", "{\"type\":\"integer\"}"))
            .parameter(Published.query("id", false, "{\"type\":\"array\",\"items\":{\"type\":\"string\"}}"))
            .response(response(200, "application/json", ORDER))
            .response(response(404, "application/problem+json", "true"))
            .build();
    private static final Operation CHANGE = Published.operation("changeOrder", "PUT", "/api/orders/{id}")
            .parameter(Published.path("id", "{\"type\":\"integer\"}"))
            .parameter(Published.header("If-Match", "{\"type\":\"string\"}"))
            .body(new RequestBody(true, "application/json", new Schema(ORDER)))
            .response(response(200, "application/json", ORDER))
            .response(new Response(204, "", Optional.empty(), Optional.empty()))
            .build();
    private static final Operation NAMED = Published.operation("list_endpoints", "POST", "/api/orders/endpoints")
            .hints(new Hints(true, false, true))
            .response(response(200, "text/csv", "{\"type\":\"string\"}"))
            .build();

    private final OrdersTools orders = direct(READ, CHANGE, NAMED);

    private static OrdersTools direct(Operation... operations) {
        OrdersTools tools =
                new OrdersTools(Catalog.of(List.of(new ProductOperations(Published.ORDERS, List.of(operations)))));
        tools.mode = ToolMode.DIRECT;
        tools.profiles.hold(List.of(
                profile("reader", "1", Set.of("*"), Set.of("GET")),
                profile("writer", "1", Set.of("*"), Set.of("GET", "PUT", "POST"))));
        return tools;
    }

    private static List<String> names(List<ToolDefinition> definitions) {
        return definitions.stream().map(ToolDefinition::name).toList();
    }

    private static Caller with(Caller caller, ToolMode mode) {
        Profile profile = caller.profile();
        return new Caller(
                caller.principal(),
                Profile.builder(profile.id(), profile.client())
                        .grants(profile.grants())
                        .tools(mode)
                        .build());
    }

    private void answers(int status, String type, String body) {
        orders.service = call -> CompletableFuture.completedStage(new OperationResult(
                status, List.of(new HttpField("Content-Type", type)), body.getBytes(StandardCharsets.UTF_8), false));
    }

    private static JsonNode error(ToolResult result) {
        assertThat(result.error()).isTrue();
        assertThat(result.structured()).isEmpty();
        return tree(result.text());
    }

    @Test
    void a_definition_says_what_the_operation_says() {
        JsonNode read = orders.tools().offered(orders.caller("reader")).get(0).definition();

        assertThat(read.toString())
                .isEqualTo("{\"name\":\"readOrder\",\"title\":\"Read an order\",\"description\":\"Reads one order.\","
                        + "\"inputSchema\":{\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"integer\"},"
                        + "\"query_id\":{\"type\":\"array\",\"items\":{\"type\":\"string\"},"
                        + "\"description\":\"The query parameter id.\"}},"
                        + "\"required\":[\"id\"],\"additionalProperties\":false},"
                        + "\"outputSchema\":" + ORDER + ",\"annotations\":{\"title\":\"Read an order\","
                        + "\"readOnlyHint\":true,\"destructiveHint\":false,\"idempotentHint\":true,"
                        + "\"openWorldHint\":false}}");
    }

    @Test
    void what_is_not_said_is_made_up_from_what_is() {
        List<ToolDefinition> all = orders.tools().all();
        JsonNode change = all.get(4).definition();
        JsonNode named = all.get(5).definition();

        assertThat(names(all))
                .containsExactly(
                        "list_collections",
                        "list_endpoints",
                        "endpoint_details",
                        "execute_endpoint",
                        "changeOrder",
                        "list_endpoints_b8c79d3b",
                        "readOrder");
        assertThat(change.path("description").stringValue("")).isEqualTo("changeOrder (PUT /api/orders/{id})");
        assertThat(change.has("outputSchema")).as("no schema fits 200 and 204").isFalse();
        assertThat(change.at("/annotations/destructiveHint").booleanValue()).isTrue();
        assertThat(named.has("outputSchema")).as("CSV is no JSON").isFalse();
        assertThat(named.at("/annotations/readOnlyHint").booleanValue()).isTrue();
    }

    @Test
    void the_profile_chooses_before_the_service() {
        Caller reader = orders.caller("reader");
        Tools direct = orders.tools();
        orders.mode = ToolMode.FIXED;
        Tools fixed = orders.tools();

        assertThat(names(direct.offered(reader))).containsExactly("readOrder");
        assertThat(names(fixed.offered(reader))).hasSize(4).contains("execute_endpoint");
        assertThat(names(direct.offered(with(reader, ToolMode.FIXED)))).hasSize(4);
        assertThat(names(fixed.offered(with(reader, ToolMode.DIRECT)))).containsExactly("readOrder");
    }

    @Test
    void what_is_offered_is_what_may_be_called_whatever_the_grants() {
        List<Operation> operations = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            operations.add(Published.operation("op" + i, i % 2 == 0 ? "GET" : "POST", "/api/orders/op" + i)
                    .build());
        }
        OrdersTools many = direct(operations.toArray(Operation[]::new));
        many.rules.add((caller, operation) -> operation.id().value().equals("op4")
                ? new Decision.Deny(Reason.RULE_REFUSED, "owner-said-no")
                : new Decision.Allow("rule"));
        Tools tools = many.tools();
        var guard = many.guard();
        qt().forAll(integers().between(0, 4095), integers().between(0, 3)).checkAssert((granted, methods) -> {
            Set<String> ids = new HashSet<>();
            for (int i = 0; i < 12; i++) {
                if ((granted >> i & 1) == 1) {
                    ids.add("op" + i);
                }
            }
            Set<String> allowed = methods == 0
                    ? Set.of("DELETE")
                    : methods == 1 ? Set.of("GET") : methods == 2 ? Set.of("POST") : Set.of("GET", "POST");
            Caller caller = many.caller("reader");
            Caller drawn = new Caller(
                    caller.principal(),
                    Profile.builder(caller.profile().id(), caller.profile().client())
                            .grants(ids.isEmpty() ? List.of() : List.of(new Grant("orders", ids, allowed)))
                            .build());

            List<String> offered = names(tools.offered(drawn));

            assertThat(offered)
                    .containsExactlyElementsOf(guard.visible(drawn).stream()
                            .map(PublishedOperation::id)
                            .sorted()
                            .toList())
                    .doesNotContain("op4");
            for (String name : names(tools.all())) {
                assertThat(tools.has(drawn, name)).as(name).isEqualTo(offered.contains(name));
            }
        });
    }

    @Test
    void what_is_hidden_unknown_or_of_the_other_mode_is_not_there_and_the_record_knows_why() {
        Tools tools = orders.tools();
        Caller reader = orders.caller("reader");
        List<String> details = new ArrayList<>();
        List<Refusal> refusals = new ArrayList<>();
        for (String name : List.of("changeOrder", "execute_endpoint", "noSuch", "READORDER", "")) {
            assertThat(tools.has(reader, name)).as(name).isFalse();
            refusals.add(tools.unavailable(OrdersTools.facts("unknown", orders.clock.instant()), reader, name));
            details.add(orders.last().target().operationId() + " "
                    + orders.last().verdict().detail());
        }
        Caller fixed = with(reader, ToolMode.FIXED);
        assertThat(tools.has(fixed, "readOrder")).isFalse();
        refusals.add(tools.unavailable(OrdersTools.facts("readOrder", orders.clock.instant()), fixed, "readOrder"));
        details.add(orders.last().verdict().detail());

        assertThat(refusals).extracting(Refusal::reason).containsOnly(Reason.OPERATION_NOT_AVAILABLE);
        assertThat(details)
                .containsExactly(
                        "changeOrder no-grant",
                        "unknown tool-of-other-mode",
                        "unknown unknown-tool",
                        "unknown unknown-tool",
                        "unknown unknown-tool",
                        "tool-of-other-mode");
        assertThat(orders.records).allMatch(event -> event.stage() == Stage.DENIED);
        assertThat(orders.calls).isEmpty();
    }

    @Test
    void a_call_past_the_question_is_refused_all_the_same() {
        ToolResult hidden = orders.call("reader", "changeOrder", "{\"id\":1,\"body\":{\"id\":1}}");

        assertThat(error(hidden).at("/body/code").stringValue("")).isEqualTo("operation-not-available");
        assertThat(orders.last().verdict().detail()).isEqualTo("no-grant");
        assertThatThrownBy(() -> orders.call("reader", "execute_endpoint", "{\"endpoint_id\":\"readOrder\"}"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(orders.calls).isEmpty();
        assertThat(orders.inFlight).isZero();
    }

    @Test
    void a_call_is_the_call_of_the_operation() {
        answers(200, "application/json", "{\"id\":7,\"price\":1.10}");

        ToolResult read = orders.call("writer", "readOrder", "{\"id\":7,\"query_id\":[\"a b\",\"c\"]}");
        ToolResult change = orders.call(
                "writer", "changeOrder", "{\"id\":7,\"If-Match\":\"\\\"3\\\"\",\"body\":\"{\\\"id\\\":8}\"}");

        assertThat(read.error()).isFalse();
        assertThat(read.text()).isEqualTo("{\"id\":7,\"price\":1.10}");
        assertThat(read.structured()).contains(tree("{\"id\":7,\"price\":1.10}"));
        assertThat(orders.calls.get(0).rawPath()).isEqualTo("/api/orders/7");
        assertThat(orders.calls.get(0).rawQuery()).contains("id=a%20b&id=c");
        assertThat(change.error()).isFalse();
        assertThat(orders.calls.get(1).headers()).contains(new HttpField("If-Match", "\"3\""));
        assertThat(orders.calls.get(1).body()).asString(StandardCharsets.UTF_8).isEqualTo("{\"id\":8}");
    }

    @Test
    void the_record_is_the_one_of_execute_endpoint() {
        answers(200, "application/json", "{\"id\":7}");
        orders.call("writer", "changeOrder", "{\"id\":7,\"If-Match\":\"x\",\"body\":{\"id\":8}}");
        orders.mode = ToolMode.FIXED;
        orders.call(
                "writer",
                "execute_endpoint",
                "{\"endpoint_id\":\"changeOrder\",\"path_params\":{\"id\":7},\"headers\":{\"If-Match\":\"x\"},\"body\":{\"id\":8}}");

        assertThat(orders.records).hasSize(4);
        for (int i = 0; i < 2; i++) {
            AuditEvent one = orders.records.get(i);
            AuditEvent other = orders.records.get(i + 2);
            assertThat(one.stage()).isEqualTo(other.stage());
            assertThat(one.target()).isEqualTo(other.target());
            assertThat(one.verdict()).isEqualTo(other.verdict());
            assertThat(one.arguments().keySet()).isEqualTo(other.arguments().keySet());
            assertThat(one.result().httpStatus()).isEqualTo(other.result().httpStatus());
        }
        assertThat(orders.records.get(0).arguments()).isNotEmpty();
        assertThat(orders.records.get(0).target().operationId()).isEqualTo("changeOrder");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "readOrder | {} | /id",
                "readOrder | {\"id\":\"7\"} | /id",
                "readOrder | {\"id\":null} | /id",
                "readOrder | {\"id\":7,\"query_id\":[\"a\",1]} | /query_id/1",
                "readOrder | {\"id\":7,\"a/b~\":1} | /a~1b~0",
                "readOrder | {\"id\":7,\"body\":{}} | /body",
                "readOrder | {\"id\":7,\"path_params\":{\"id\":7}} | /path_params",
                "changeOrder | {\"id\":7} | /body",
                "changeOrder | {\"id\":7,\"body\":{\"id\":\"7\"}} | /body/id",
                "changeOrder | {\"id\":7,\"body\":{\"id\":7},\"if-match\":\"a\"} | /if-match",
                "changeOrder | {\"id\":7,\"body\":{\"id\":7},\"If-Match\":\"a\\nb\"} | /If-Match"
            })
    void arguments_that_do_not_fit_are_named_as_the_tool_names_them(String tool, String arguments, String pointer) {
        JsonNode answer = error(orders.call("writer", tool, arguments));

        assertThat(answer.at("/body/code").stringValue("")).isEqualTo("arguments-invalid");
        assertThat(answer.at("/body/problems/0/pointer").stringValue("")).isEqualTo(pointer);
        assertThat(orders.calls).isEmpty();
        assertThat(orders.records).hasSize(1);
        assertThat(orders.last().stage()).isEqualTo(Stage.DENIED);
        assertThat(orders.inFlight).isZero();
    }

    @Test
    void an_error_of_the_service_is_shown_as_execute_endpoint_shows_it() {
        answers(404, "application/problem+json", "{\"title\":\"No such order\"}");

        ToolResult direct = orders.call("reader", "readOrder", "{\"id\":7}");
        orders.mode = ToolMode.FIXED;
        ToolResult fixed =
                orders.call("reader", "execute_endpoint", "{\"endpoint_id\":\"readOrder\",\"path_params\":{\"id\":7}}");

        assertThat(error(direct)).isEqualTo(fixed.structured().orElseThrow());
        assertThat(direct.text()).isEqualTo(fixed.text());
        assertThat(orders.last().result().httpStatus()).hasValue(404);
    }

    @Test
    void an_answer_that_breaks_its_own_schema_is_an_error_that_says_it_was_carried_out() {
        for (String body : List.of("{\"id\":\"seven\"}", "[]", "null", "not json")) {
            answers(201, "application/json", body);

            ToolResult result = orders.call("reader", "readOrder", "{\"id\":7}");

            assertThat(result.error()).as(body).isTrue();
            assertThat(result.structured()).isEmpty();
            String[] lines = result.text().split("\n", 2);
            assertThat(lines[0])
                    .isEqualTo("The call was carried out with status 201,"
                            + " but the answer does not fit the declared output schema.");
            assertThat(tree(lines[1]).path("status").intValue()).isEqualTo(201);
            assertThat(orders.last().result().outcome()).isEqualTo(Outcome.SUCCESS);
            assertThat(orders.last().result().httpStatus()).hasValue(201);
        }
    }

    @Test
    void without_a_schema_every_answer_is_shown_as_it_is() {
        answers(200, "application/json; charset=utf-8", "[1, null]");
        ToolResult list = orders.call("writer", "changeOrder", "{\"id\":7,\"body\":{\"id\":1}}");
        answers(200, "application/json", "null");
        ToolResult nothing = orders.call("writer", "changeOrder", "{\"id\":7,\"body\":{\"id\":1}}");
        answers(200, "text/csv", "a,b\n1,2\n");
        ToolResult text = orders.call("writer", "changeOrder", "{\"id\":7,\"body\":{\"id\":1}}");
        answers(204, "text/plain", "");
        ToolResult empty = orders.call("writer", "changeOrder", "{\"id\":7,\"body\":{\"id\":1}}");
        answers(200, "image/png", "png");
        ToolResult bytes = orders.call("writer", "changeOrder", "{\"id\":7,\"body\":{\"id\":1}}");

        assertThat(List.of(list, nothing, text, empty, bytes)).noneMatch(ToolResult::error);
        assertThat(list.text()).isEqualTo("[1,null]");
        assertThat(list.structured()).contains(tree("[1,null]"));
        assertThat(nothing.structured()).contains(tree("null"));
        assertThat(text).isEqualTo(new ToolResult("a,b\n1,2\n", Optional.empty(), false));
        assertThat(tree(empty.text()).path("status").intValue()).isEqualTo(204);
        assertThat(empty.structured()).isEmpty();
        assertThat(tree(bytes.text()).path("body_encoding").stringValue("")).isEqualTo("base64");
        assertThat(bytes.structured()).isEmpty();
    }

    @Test
    void what_the_guard_refuses_is_text_and_has_not_run() {
        orders.permits = 0;
        ToolResult limited = orders.call("reader", "readOrder", "{\"id\":7}");
        orders.permits = 10;
        orders.trailWorks = false;
        ToolResult unrecorded = orders.call("reader", "readOrder", "{\"id\":7}");

        assertThat(error(limited).path("status").intValue()).isEqualTo(429);
        assertThat(error(unrecorded).at("/body/code").stringValue("")).isEqualTo("audit-unavailable");
        assertThat(orders.calls).isEmpty();
        assertThat(orders.inFlight).isZero();
    }

    @Test
    void an_answer_whose_outcome_is_not_on_record_is_withheld() {
        orders.service = call -> {
            orders.trailWorks = false;
            return CompletableFuture.completedStage(json(200, "{\"id\":7}"));
        };

        ToolResult result = orders.call("reader", "readOrder", "{\"id\":7}");

        assertThat(error(result).at("/body/code").stringValue("")).isEqualTo("outcome-unrecorded");
        assertThat(orders.calls).hasSize(1);
    }
}
