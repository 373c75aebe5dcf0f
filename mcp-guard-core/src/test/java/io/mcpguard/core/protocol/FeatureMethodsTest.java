package io.mcpguard.core.protocol;

import static io.mcpguard.core.protocol.OrdersEndpoint.body;
import static io.mcpguard.core.protocol.OrdersEndpoint.code;
import static io.mcpguard.core.protocol.OrdersEndpoint.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.answer.CapabilityRequired;
import io.mcpguard.answer.ClientCapability;
import io.mcpguard.answer.Content;
import io.mcpguard.answer.InputRequest;
import io.mcpguard.answer.InputRequired;
import io.mcpguard.answer.PromptAnswer;
import io.mcpguard.answer.ResourceAnswer;
import io.mcpguard.answer.ResourceContent;
import io.mcpguard.answer.ToolAnswer;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditResult.Outcome;
import io.mcpguard.audit.Stage;
import io.mcpguard.catalog.Product;
import io.mcpguard.catalog.Schema;
import io.mcpguard.core.feature.Features;
import io.mcpguard.core.tool.OrdersTools;
import io.mcpguard.error.ConfigurationException;
import io.mcpguard.feature.Feature;
import io.mcpguard.feature.FeatureCall;
import io.mcpguard.feature.ProductFeatures;
import io.mcpguard.feature.PromptFeature;
import io.mcpguard.feature.ResourceFeature;
import io.mcpguard.feature.ToolFeature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class FeatureMethodsTest {

    private static final String AGENT = "Authorization: Bearer key:agent";
    private static final Schema ADDRESSED = new Schema("{\"type\":\"object\",\"properties\":{"
            + "\"to\":{\"type\":\"string\",\"x-mcp-header\":\"To\"},\"count\":{\"type\":\"integer\"}},"
            + "\"required\":[\"to\"],\"additionalProperties\":false}");

    private final OrdersEndpoint server = new OrdersEndpoint();
    private final OrdersTools orders = server.orders;
    private final List<FeatureCall> seen = new ArrayList<>();

    private void offer(Feature... features) {
        server.features = List.of(() -> List.of(
                new ProductFeatures(new Product("orders", "Orders", "What was bought.", "/api"), List.of(features))));
    }

    private ToolFeature greet(ToolAnswer answer) {
        return ToolFeature.builder("orders", "greet", "Greets.")
                .inputSchema(ADDRESSED)
                .answering(call -> {
                    seen.add(call);
                    return answer;
                });
    }

    private McpResponse modern(String method, String more, String... lines) {
        List<String> all = new ArrayList<>(List.of(lines));
        all.add(AGENT);
        return server.modern(method, more, all.toArray(String[]::new));
    }

    private McpResponse greeted(String arguments, String... lines) {
        List<String> all = new ArrayList<>(List.of(lines));
        all.add("Mcp-Name: greet");
        return modern("tools/call", ",\"name\":\"greet\",\"arguments\":" + arguments, all.toArray(String[]::new));
    }

    private McpResponse legacy(String method, String params, String version) {
        return server.post(request(method, params), AGENT, "MCP-Protocol-Version: " + version);
    }

    @Test
    void a_tool_of_the_services_own_is_listed_called_and_recorded_like_an_operation() {
        offer(greet(ToolAnswer.text("Hello")));

        assertThat(body(modern("tools/list", "")).at("/result/tools").toString())
                .contains("\"name\":\"greet\"");
        JsonNode result = body(greeted("{\"to\":\"Ada\"}", "Mcp-Param-To: Ada")).path("result");

        assertThat(result.at("/content/0/text").stringValue("")).isEqualTo("Hello");
        assertThat(result.path("resultType").stringValue("")).isEqualTo("complete");
        assertThat(seen).hasSize(1);
        assertThat(seen.get(0).arguments()).isEqualTo(Map.of("to", "Ada"));
        assertThat(orders.records.subList(1, 3))
                .extracting(AuditEvent::stage)
                .containsExactly(Stage.INTENT, Stage.OUTCOME);
        assertThat(orders.last().target().operationId()).isEqualTo("greet");
        assertThat(orders.last().result().outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(orders.last().result().httpStatus()).isEmpty();
        assertThat(orders.inFlight).isZero();
    }

    @Test
    void a_profile_without_a_grant_sees_no_tool_and_cannot_tell_it_from_one_that_does_not_exist() {
        offer(greet(ToolAnswer.text("Hello")));

        McpResponse hidden =
                server.modern("tools/call", ",\"name\":\"greet\",\"arguments\":{\"to\":\"Ada\"}", "Mcp-Name: greet");
        McpResponse unknown = server.modern("tools/call", ",\"name\":\"nope\"", "Mcp-Name: nope");

        assertThat(body(server.modern("tools/list", "")).at("/result/tools").toString())
                .doesNotContain("greet");
        assertThat(body(hidden).path("error").path("code"))
                .isEqualTo(body(unknown).path("error").path("code"));
        assertThat(body(hidden).path("error").path("message"))
                .isEqualTo(body(unknown).path("error").path("message"));
        assertThat(seen).isEmpty();
        assertThat(orders.records.get(0).target().operationId()).isEqualTo("greet");
        assertThat(orders.records.get(0).verdict().detail()).isEqualTo("no-grant");
    }

    @Test
    void arguments_that_do_not_fit_are_an_answer_a_model_can_correct_and_nothing_runs() {
        offer(greet(ToolAnswer.text("Hello")));

        McpResponse response = greeted("{\"to\":\"Ada\",\"extra\":1}", "Mcp-Param-To: Ada");

        assertThat(response.status()).isEqualTo(200);
        assertThat(body(response).at("/result/isError").booleanValue()).isTrue();
        assertThat(body(response).at("/result/content/0/text").stringValue("")).contains("extra");
        assertThat(seen).isEmpty();
        assertThat(orders.last().stage()).isEqualTo(Stage.DENIED);
        assertThat(orders.inFlight).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mcp-Param-To: ada", "X: y", "Mcp-Param-To: =?base64?QWRh", "Mcp-Param-To: =?base64?QWR?="})
    void a_header_that_does_not_repeat_its_argument_is_refused(String line) {
        offer(greet(ToolAnswer.text("Hello")));

        McpResponse response = greeted("{\"to\":\"Ada\"}", line);

        assertThat(response.status()).isEqualTo(400);
        assertThat(code(response)).isEqualTo(-32020);
        assertThat(seen).isEmpty();
        assertThat(orders.last().stage()).isEqualTo(Stage.DENIED);
    }

    @Test
    void a_header_may_repeat_its_argument_in_base64() {
        offer(greet(ToolAnswer.text("Hello")));

        assertThat(greeted("{\"to\":\"Ada\"}", "Mcp-Param-To: =?base64?QWRh?=").status())
                .isEqualTo(200);
        assertThat(seen).hasSize(1);
    }

    @Test
    void a_tool_that_fails_says_a_fixed_sentence_and_its_record_is_no_success() {
        offer(ToolFeature.builder("orders", "fail", "Fails.").answering(call -> {
            throw new IllegalStateException("jdbc:postgresql://db.internal/secret");
        }));

        McpResponse response = modern("tools/call", ",\"name\":\"fail\"", "Mcp-Name: fail");

        assertThat(response.status()).isEqualTo(200);
        assertThat(body(response).toString()).contains("\"isError\":true").doesNotContain("jdbc", "Exception");
        assertThat(orders.last().result().outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(orders.last().verdict().detail()).isEqualTo("handler-failed");
        assertThat(orders.inFlight).isZero();
    }

    @Test
    void a_tool_that_takes_too_long_is_cancelled_and_its_permit_given_back() {
        server.timeout = Duration.ofMillis(30);
        offer(ToolFeature.builder("orders", "slow", "Waits.").handledBy(call -> {
            seen.add(call);
            return new CompletableFuture<>();
        }));

        McpResponse response = modern("tools/call", ",\"name\":\"slow\"", "Mcp-Name: slow");

        assertThat(body(response).at("/result/isError").booleanValue()).isTrue();
        assertThat(seen.get(0).cancelled()).isTrue();
        assertThat(orders.last().verdict().detail()).isEqualTo("handler-timeout");
        assertThat(orders.inFlight).isZero();
    }

    @Test
    void a_call_for_which_no_thread_is_free_is_refused_and_recorded() {
        offer(greet(ToolAnswer.text("Hello")));
        server.handlers = task -> {
            throw new RejectedExecutionException("full");
        };

        McpResponse response = greeted("{\"to\":\"Ada\"}", "Mcp-Param-To: Ada");

        assertThat(body(response).at("/result/isError").booleanValue()).isTrue();
        assertThat(orders.last().verdict().detail()).isEqualTo("handlers-busy");
        assertThat(orders.last().result().outcome()).isEqualTo(Outcome.FAILURE);
        assertThat(orders.inFlight).isZero();
    }

    @Test
    void an_error_result_is_recorded_as_a_failure() {
        offer(greet(ToolAnswer.error("Nobody is there.")));

        greeted("{\"to\":\"Ada\"}", "Mcp-Param-To: Ada");

        assertThat(orders.last().result().outcome()).isEqualTo(Outcome.FAILURE);
    }

    @Test
    void a_result_that_does_not_fit_its_own_schema_never_leaves() {
        offer(ToolFeature.builder("orders", "sum", "Adds.")
                .outputSchema(new Schema("{\"type\":\"object\",\"required\":[\"sum\"]}"))
                .answering(call -> ToolAnswer.structured(Map.of("total", 3))));

        McpResponse response = modern("tools/call", ",\"name\":\"sum\"", "Mcp-Name: sum");

        assertThat(body(response).at("/result/isError").booleanValue()).isTrue();
        assertThat(body(response).at("/result/structuredContent").isMissingNode())
                .isTrue();
        assertThat(orders.last().verdict().detail()).isEqualTo("answer-void");
    }

    @Test
    void a_list_is_structured_for_modern_clients_and_text_for_older_ones() {
        offer(ToolFeature.builder("orders", "ids", "Lists.").answering(call -> ToolAnswer.structured(List.of(1, 2))));

        JsonNode modern =
                body(modern("tools/call", ",\"name\":\"ids\"", "Mcp-Name: ids")).path("result");
        JsonNode older =
                body(legacy("tools/call", "\"name\":\"ids\"", "2025-11-25")).path("result");

        assertThat(modern.path("structuredContent").toString()).isEqualTo("[1,2]");
        assertThat(older.has("structuredContent")).isFalse();
        assertThat(older.at("/content/0/text").stringValue("")).isEqualTo("[1,2]");
    }

    private static InputRequired question(Optional<String> state) {
        Schema form = new Schema("{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"}}}");
        return new InputRequired(Map.of("who", new InputRequest.Form("Your name?", form)), state);
    }

    private void offerQuestion() {
        offer(ToolFeature.builder("orders", "ask", "Asks.").answering(call -> {
            seen.add(call);
            return call.input("who")
                    .<ToolAnswer>map(
                            answer -> ToolAnswer.text("state " + call.state().orElse("none")))
                    .orElseGet(() -> question(Optional.of("step-1")));
        }));
    }

    private McpResponse asked(String capabilities, String more) {
        String meta = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                + "\"io.modelcontextprotocol/clientCapabilities\":" + capabilities + "}";
        return server.post(
                request("tools/call", meta + ",\"name\":\"ask\"" + more),
                AGENT,
                "MCP-Protocol-Version: 2026-07-28",
                "Mcp-Method: tools/call",
                "Mcp-Name: ask");
    }

    @Test
    void a_question_goes_to_the_client_and_its_answer_and_state_come_back() {
        offerQuestion();

        JsonNode first = body(asked("{\"elicitation\":{}}", "")).path("result");
        String state = first.path("requestState").stringValue("");
        JsonNode second = body(asked(
                        "{\"elicitation\":{}}",
                        ",\"inputResponses\":{\"who\":{\"action\":\"accept\",\"content\":{\"name\":\"Ada\"}}},"
                                + "\"requestState\":\"" + state + "\""))
                .path("result");

        assertThat(first.path("resultType").stringValue("")).isEqualTo("input_required");
        assertThat(first.at("/inputRequests/who/method").stringValue("")).isEqualTo("elicitation/create");
        assertThat(state).doesNotContain("step-1");
        assertThat(second.at("/content/0/text").stringValue("")).isEqualTo("state step-1");
    }

    @Test
    void a_state_of_other_arguments_is_refused_and_nothing_runs() {
        offer(ToolFeature.builder("orders", "ask", "Asks.")
                .inputSchema(new Schema("{\"type\":\"object\"}"))
                .answering(call -> {
                    seen.add(call);
                    return question(Optional.of("paid"));
                }));
        String state = body(asked("{\"elicitation\":{}}", ",\"arguments\":{\"amount\":1,\"to\":\"a\"}"))
                .at("/result/requestState")
                .stringValue("");

        McpResponse other = asked(
                "{\"elicitation\":{}}",
                ",\"arguments\":{\"amount\":2,\"to\":\"a\"},\"requestState\":\"" + state + "\"");
        McpResponse reordered = asked(
                "{\"elicitation\":{}}",
                ",\"arguments\":{\"to\":\"a\",\"amount\":1},\"requestState\":\"" + state + "\"");

        assertThat(other.status()).isEqualTo(200);
        assertThat(code(other)).isEqualTo(-32602);
        assertThat(body(reordered).has("result")).isTrue();
        assertThat(seen).hasSize(2);
        assertThat(orders.inFlight).isZero();
    }

    @Test
    void a_client_is_asked_only_for_what_it_says_it_can() {
        offerQuestion();

        McpResponse response = asked("{}", "");

        assertThat(response.status()).isEqualTo(400);
        assertThat(code(response)).isEqualTo(-32021);
        assertThat(body(response).at("/error/data/requiredCapabilities").toString())
                .isEqualTo("{\"elicitation\":{\"form\":{}}}");
        assertThat(orders.last().result().outcome()).isEqualTo(Outcome.FAILURE);
    }

    @Test
    void a_tool_may_say_what_a_client_lacks() {
        offer(ToolFeature.builder("orders", "ask", "Asks.")
                .answering(call -> new CapabilityRequired(Set.of(ClientCapability.SAMPLING))));

        assertThat(body(asked("{}", "")).at("/error/data/requiredCapabilities").toString())
                .isEqualTo("{\"sampling\":{}}");
    }

    @Test
    void an_older_client_is_told_that_it_cannot_be_asked() {
        offerQuestion();

        McpResponse response = legacy("tools/call", "\"name\":\"ask\"", "2025-11-25");

        assertThat(response.status()).isEqualTo(200);
        assertThat(code(response)).isEqualTo(-32602);
    }

    @Test
    void a_prompt_takes_texts_and_gives_messages() {
        offer(PromptFeature.builder("orders", "welcome", "Welcomes somebody.")
                .argument(new PromptFeature.Argument("name", "Whom.", true))
                .answering(call -> PromptAnswer.user(
                        Content.text("Welcome " + call.arguments().get("name")))));

        JsonNode made = body(
                modern("prompts/get", ",\"name\":\"welcome\",\"arguments\":{\"name\":\"Ada\"}", "Mcp-Name: welcome"));
        McpResponse without = modern("prompts/get", ",\"name\":\"welcome\"", "Mcp-Name: welcome");
        McpResponse unknown = modern("prompts/get", ",\"name\":\"bye\"", "Mcp-Name: bye");

        assertThat(made.at("/result/messages/0/content/text").stringValue("")).isEqualTo("Welcome Ada");
        assertThat(code(without)).isEqualTo(-32602);
        assertThat(code(unknown)).isEqualTo(-32602);
        assertThat(body(modern("prompts/list", ""))
                        .at("/result/prompts/0/arguments/0/name")
                        .stringValue(""))
                .isEqualTo("name");
    }

    @Test
    void a_template_reads_the_resource_that_its_variables_name() {
        offer(ResourceFeature.builder("orders", "note", "note://{day}/text", "A note.")
                .mimeType("text/plain")
                .answering(call -> "never".equals(call.arguments().get("day"))
                        ? new ResourceAnswer.Missing()
                        : ResourceAnswer.of(ResourceContent.text(
                                call.uri(),
                                "text/plain",
                                "Note of " + call.arguments().get("day")))));

        JsonNode read = body(modern("resources/read", ",\"uri\":\"note://a%20b/text\"", "Mcp-Name: note://a%20b/text"));
        McpResponse missing = modern("resources/read", ",\"uri\":\"note://never/text\"", "Mcp-Name: note://never/text");
        McpResponse elsewhere = modern("resources/read", ",\"uri\":\"note://a/b/text\"", "Mcp-Name: note://a/b/text");

        assertThat(read.at("/result/contents/0/text").stringValue("")).isEqualTo("Note of a b");
        assertThat(read.at("/result/cacheScope").stringValue("")).isEqualTo("private");
        assertThat(code(missing)).isEqualTo(-32602);
        assertThat(body(missing).at("/error/data/uri").stringValue("")).isEqualTo("note://never/text");
        assertThat(code(elsewhere)).isEqualTo(-32602);
        assertThat(code(legacy("resources/read", "\"uri\":\"note://never/text\"", "2025-06-18")))
                .isEqualTo(-32002);
    }

    @Test
    void values_are_offered_for_arguments_and_for_nothing_else() {
        offer(PromptFeature.builder("orders", "welcome", "Welcomes somebody.")
                .argument(new PromptFeature.Argument("name", "Whom.", true))
                .completion((argument, typed, chosen, caller) -> List.of(typed + "a", typed + "b"))
                .answering(call -> PromptAnswer.user()));
        String ref = ",\"ref\":{\"type\":\"ref/prompt\",\"name\":\"welcome\"},\"argument\":";

        JsonNode offered = body(modern("completion/complete", ref + "{\"name\":\"name\",\"value\":\"A\"}"));

        assertThat(offered.at("/result/completion/values").toString()).isEqualTo("[\"Aa\",\"Ab\"]");
        assertThat(code(modern("completion/complete", ref + "{\"name\":\"other\",\"value\":\"A\"}")))
                .isEqualTo(-32602);
    }

    @Test
    void what_is_not_offered_has_no_methods() {
        assertThat(modern("prompts/list", "").status()).isEqualTo(404);
        assertThat(modern("resources/templates/list", "").status()).isEqualTo(404);
        assertThat(modern("completion/complete", "").status()).isEqualTo(404);
        assertThat(code(legacy("logging/setLevel", "\"level\":\"info\"", "2025-11-25")))
                .isEqualTo(-32601);
    }

    @Test
    void a_list_is_cut_into_pages_whose_cursors_are_the_callers_own() {
        server.settings = new EndpointSettings("orders", "1", "", server.settings.json(), 20, 2, Duration.ofMinutes(1));
        List<String> names = new ArrayList<>();
        String cursor = "";
        String first = "";
        do {
            String more = cursor.isEmpty() ? "" : ",\"cursor\":\"" + cursor + "\"";
            JsonNode page = body(server.modern("tools/list", more)).path("result");
            page.path("tools").forEach(tool -> names.add(tool.path("name").stringValue("")));
            cursor = page.path("nextCursor").stringValue("");
            first = first.isEmpty() ? cursor : first;
        } while (!cursor.isEmpty());

        assertThat(names).containsExactly("list_collections", "list_endpoints", "endpoint_details", "execute_endpoint");
        assertThat(code(modern("tools/list", ",\"cursor\":\"" + first + "\""))).isEqualTo(-32602);
        assertThat(code(server.modern("tools/list", ",\"cursor\":\"\""))).isEqualTo(-32602);
    }

    @Test
    void a_tool_never_takes_a_name_of_the_guards_own_not_even_later() {
        List<Feature> published = new ArrayList<>();
        Features features = Features.of(List.of(() ->
                List.of(new ProductFeatures(new Product("orders", "Orders", "What was bought.", "/api"), published))));
        features.reserve("list_endpoints"::equals);

        published.add(ToolFeature.builder("orders", "list_endpoints", "Lists.").answering(call -> ToolAnswer.text("")));

        assertThatThrownBy(features::refresh).isInstanceOf(ConfigurationException.class);
        assertThat(features.tools()).isEmpty();
    }

    @Test
    void features_that_contradict_each_other_are_all_named() {
        offer(
                greet(ToolAnswer.text("a")),
                greet(ToolAnswer.text("b")),
                ToolFeature.builder("orders", "list", "Lists.")
                        .inputSchema(new Schema("{\"type\":\"array\"}"))
                        .answering(call -> ToolAnswer.text("")));

        assertThatThrownBy(() -> Features.of(server.features))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.problems())
                                .hasSize(2)
                                .anyMatch(problem -> problem.contains("greet"))
                                .anyMatch(problem -> problem.contains("type object")));
    }
}
