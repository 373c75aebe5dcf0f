package com.example.orders.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.example.orders.ServiceTest;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.Stage;
import io.mcpguard.catalog.Schema;
import io.mcpguard.core.McpGuard;
import io.mcpguard.core.catalog.CompiledSchema;
import io.mcpguard.core.catalog.PublishedOperation;
import io.mcpguard.testkit.McpTestClient;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A profile with {@code tools: direct}: each operation it opens is a tool, and a call is what it is over REST. */
class DirectModeTest extends ServiceTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Caller CALLER =
            Caller.key("direct", "support-bot", GuardFolder.DIRECT, GUARD.keyOf(GuardFolder.DIRECT));

    @Autowired
    private McpGuard guard;

    @Autowired
    private Arrivals arrivals;

    @LocalServerPort
    private int port;

    private final Trail trail = new Trail(GUARD.journal());

    private McpTestClient modern() {
        return signedIn(McpTestClient.modern(URI.create("http://127.0.0.1:" + port + "/mcp")));
    }

    private McpTestClient legacy() {
        McpTestClient client = signedIn(McpTestClient.legacy(URI.create("http://127.0.0.1:" + port + "/mcp")));
        assertThat(client.initialize().status()).isEqualTo(200);
        return client;
    }

    private static McpTestClient signedIn(McpTestClient client) {
        return client.bearer(GUARD.keyOf(GuardFolder.DIRECT)).profile(GuardFolder.DIRECT);
    }

    private static JsonNode message(McpTestClient client, String tool, String arguments) {
        return JSON.readTree(client.callTool(tool, arguments).message());
    }

    private static Map<String, JsonNode> listed(McpTestClient client) {
        Map<String, JsonNode> tools = new TreeMap<>();
        for (JsonNode tool :
                JSON.readTree(client.listTools().message()).path("result").path("tools")) {
            tools.put(tool.path("name").asString(""), tool);
        }
        return tools;
    }

    private static ObjectNode arguments(Call call) {
        ObjectNode arguments = JsonNodeFactory.instance.objectNode();
        List.of(call.path(), call.query(), call.headers())
                .forEach(part -> part.forEach((name, value) -> arguments.set(name, JSON.valueToTree(value))));
        if (call.body() != null) {
            arguments.set("body", JSON.readTree(call.body()));
        }
        return arguments;
    }

    @Test
    void the_list_is_what_the_profile_opens_in_both_eras() {
        List<String> open = guard.catalog().operations().stream()
                .filter(operation -> !operation.operation().method().equals("DELETE"))
                .map(PublishedOperation::id)
                .toList();

        assertThat(open).hasSize(13).doesNotContain("anonymizeCustomer");
        assertThat(listed(modern()).keySet()).containsExactlyInAnyOrderElementsOf(open);
        assertThat(listed(legacy()).keySet()).containsExactlyInAnyOrderElementsOf(open);
        assertThat(listed(modern())
                        .get("cancelOrder")
                        .at("/annotations/destructiveHint")
                        .booleanValue())
                .isTrue();
    }

    @TestFactory
    Stream<DynamicTest> rest_and_direct_tools_are_the_same() {
        Map<String, JsonNode> tools = listed(modern());
        Doors doors = new Doors(port);
        return Samples.all().stream()
                .filter(sample -> tools.containsKey(sample.call().operation()))
                .map(sample -> dynamicTest(sample.toString(), () -> compare(doors, sample, tools)));
    }

    private void compare(Doors doors, Samples sample, Map<String, JsonNode> tools) {
        String tool = sample.call().operation();
        ObjectNode arguments = arguments(sample.call());
        List<Reply> replies = new ArrayList<>();
        List<JsonNode> results = new ArrayList<>();

        sample.rows().forEach(row -> database.sql(row).update());
        List<AuditEvent> rest = trail.during(() -> replies.add(doors.rest(sample.call(), CALLER, guard.catalog())));
        sample.rows().forEach(row -> database.sql(row).update());
        List<AuditEvent> mcp = trail.during(
                () -> results.add(message(modern(), tool, arguments.toString()).path("result")));

        Reply overRest = replies.get(0);
        JsonNode result = results.get(0);
        JsonNode text = result.at("/content/0/text");
        assertThat(result.path("isError").booleanValue()).as("%s", result).isEqualTo(overRest.status() >= 400);
        Reply overMcp = overRest.status() >= 400
                ? problem(JSON.readTree(text.stringValue()))
                : new Reply(
                        200,
                        overRest.status(),
                        "",
                        result.has("structuredContent") ? result.path("structuredContent") : text);
        assertThat(overMcp.status()).isEqualTo(overRest.status());
        assertThat(sample.comparable(overMcp)).isEqualTo(sample.comparable(overRest));
        assertThat(mcp.stream().map(Recorded::of))
                .isNotEmpty()
                .isEqualTo(rest.stream().map(Recorded::of).toList());
        CompiledSchema declared =
                CompiledSchema.of(new Schema(tools.get(tool).path("inputSchema").toString()));
        assertThat(declared.check(arguments)).isEmpty();
    }

    private static Reply problem(JsonNode shown) {
        return new Reply(
                200, shown.path("status").asInt(0), shown.path("content_type").asString(""), shown.path("body"));
    }

    @Test
    void a_call_is_that_of_execute_endpoint() {
        Call call = Call.of("getOrder").path("orderId", 7);
        List<JsonNode> answers = new ArrayList<>();
        List<AuditEvent> direct = trail.during(() -> answers.add(message(modern(), "getOrder", "{\"orderId\":7}")));
        List<AuditEvent> handshake = trail.during(() -> answers.add(message(legacy(), "getOrder", "{\"orderId\":7}")));
        GUARD.edit(profiles -> profiles.replace("tools: direct", "tools: fixed"));
        GUARD.save();
        List<AuditEvent> fixed =
                trail.during(() -> answers.add(new Doors(port).mcp(call, CALLER).body()));
        GUARD.edit(profiles -> profiles.replace("tools: fixed", "tools: direct"));
        GUARD.save();

        assertThat(answers.get(0).at("/result/structuredContent")).isEqualTo(answers.get(2));
        assertThat(answers.get(1).at("/result/structuredContent")).isEqualTo(answers.get(2));
        assertThat(fixed).extracting(AuditEvent::stage).containsExactly(Stage.INTENT, Stage.OUTCOME);
        for (List<AuditEvent> records : List.of(direct, handshake.subList(handshake.size() - 2, handshake.size()))) {
            assertThat(records).hasSameSizeAs(fixed);
            for (int i = 0; i < fixed.size(); i++) {
                assertThat(records.get(i).stage()).isEqualTo(fixed.get(i).stage());
                assertThat(records.get(i).target()).isEqualTo(fixed.get(i).target());
                assertThat(records.get(i).arguments().keySet())
                        .isEqualTo(fixed.get(i).arguments().keySet());
                assertThat(records.get(i).target().operationId()).isEqualTo("getOrder");
            }
        }
    }

    @Test
    void a_list_is_structured_for_modern_clients_and_text_for_others() {
        JsonNode modern =
                message(modern(), "listStockItems", "{\"category\":\"TOYS\"}").path("result");
        JsonNode legacy =
                message(legacy(), "listStockItems", "{\"category\":\"TOYS\"}").path("result");

        assertThat(modern.path("structuredContent").isArray()).isTrue();
        assertThat(legacy.has("structuredContent")).isFalse();
        assertThat(legacy.at("/content/0/text")).isEqualTo(modern.at("/content/0/text"));
        assertThat(JSON.readTree(legacy.at("/content/0/text").stringValue()))
                .isEqualTo(modern.path("structuredContent"));
    }

    @Test
    void what_is_hidden_is_not_there() {
        int before = arrivals.count();
        List<JsonNode> answers = new ArrayList<>();
        List<AuditEvent> records = trail.during(() -> {
            answers.add(message(modern(), "anonymizeCustomer", "{\"customerId\":13}"));
            answers.add(message(modern(), "noSuchTool", "{\"customerId\":13}"));
            answers.add(message(modern(), "execute_endpoint", "{\"endpoint_id\":\"getOrder\"}"));
        });

        assertThat(answers)
                .allSatisfy(answer ->
                        assertThat(answer.at("/error/code").intValue()).isEqualTo(-32602));
        assertThat(answers.stream().map(answer -> answer.path("error")).distinct())
                .hasSize(1);
        assertThat(records)
                .extracting(AuditEvent::stage)
                .containsOnly(Stage.DENIED)
                .hasSize(3);
        assertThat(records)
                .extracting(event -> event.verdict().detail())
                .containsExactly("no-grant", "unknown-tool", "tool-of-other-mode");
        assertThat(records.get(0).target().operationId()).isEqualTo("anonymizeCustomer");
        assertThat(arrivals.count()).isEqualTo(before);
    }
}
