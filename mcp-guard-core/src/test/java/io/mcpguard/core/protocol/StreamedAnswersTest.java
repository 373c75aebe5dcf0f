package io.mcpguard.core.protocol;

import static io.mcpguard.core.protocol.OrdersEndpoint.META;
import static io.mcpguard.core.protocol.OrdersEndpoint.body;
import static io.mcpguard.core.protocol.OrdersEndpoint.code;
import static io.mcpguard.core.protocol.OrdersEndpoint.headers;
import static io.mcpguard.core.protocol.OrdersEndpoint.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpguard.answer.ToolAnswer;
import io.mcpguard.catalog.Product;
import io.mcpguard.core.tool.OrdersTools;
import io.mcpguard.credential.AuthContext;
import io.mcpguard.feature.Feature;
import io.mcpguard.feature.FeatureCall;
import io.mcpguard.feature.FeatureSource;
import io.mcpguard.feature.LogLevel;
import io.mcpguard.feature.ProductFeatures;
import io.mcpguard.feature.ToolFeature;
import io.mcpguard.invocation.HttpField;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class StreamedAnswersTest {

    private static final String AGENT = "Authorization: Bearer key:agent";
    private static final String PROGRESS = META.replace("\"_meta\":{", "\"_meta\":{\"progressToken\":\"p1\",");

    private final OrdersEndpoint server = new OrdersEndpoint();
    private final List<FeatureCall> running = new CopyOnWriteArrayList<>();
    private final CompletableFuture<ToolAnswer> answer = new CompletableFuture<>();
    private McpEndpoint endpoint = server.endpoint();

    @AfterEach
    void close() {
        endpoint.close();
    }

    private static ProductFeatures publish(Feature... features) {
        return new ProductFeatures(new Product("orders", "Orders", "What was bought.", "/api"), List.of(features));
    }

    private void serve(FeatureSource source) {
        endpoint.close();
        server.features = List.of(source);
        endpoint = server.endpoint();
    }

    private ToolFeature work() {
        return ToolFeature.builder("orders", "work", "Works.").handledBy(call -> {
            running.add(call);
            return answer;
        });
    }

    private CompletableFuture<McpResponse> send(String body, String... lines) {
        CompletionStage<McpResponse> response = endpoint.handle(new McpRequest(
                "POST", headers(lines), body.getBytes(StandardCharsets.UTF_8), OrdersTools.ORIGIN, AuthContext.none()));
        return response.toCompletableFuture();
    }

    private CompletableFuture<McpResponse> modern(String method, String params, String... lines) {
        List<String> all = new ArrayList<>(List.of(lines));
        all.addAll(List.of(AGENT, "MCP-Protocol-Version: 2026-07-28", "Mcp-Method: " + method));
        return send(request(method, params), all.toArray(String[]::new));
    }

    private CompletableFuture<McpResponse> work(String meta) {
        serve(() -> List.of(publish(work())));
        return modern("tools/call", meta + ",\"name\":\"work\"", "Mcp-Name: work");
    }

    private static List<JsonNode> taken(McpResponse response) {
        EventStream stream = response.stream().orElseThrow();
        List<JsonNode> messages = new ArrayList<>();
        for (byte[] event = stream.poll(); event != null; event = stream.poll()) {
            String text = new String(event, StandardCharsets.UTF_8);
            if (text.startsWith("event: message\ndata: ")) {
                assertThat(text).endsWith("\n\n");
                messages.add(OrdersTools.tree(
                        text.substring("event: message\ndata: ".length()).strip()));
            }
        }
        return messages;
    }

    @Test
    void progress_makes_the_answer_a_stream_that_ends_with_the_result() {
        CompletableFuture<McpResponse> response = work(PROGRESS);
        assertThat(response).isNotDone();

        running.get(0).progress(1, OptionalDouble.of(2), "half");
        running.get(0).progress(1, OptionalDouble.of(2), "not further");
        running.get(0).progress(2, OptionalDouble.of(2), "");
        McpResponse streamed = response.join();
        List<JsonNode> before = taken(streamed);
        answer.complete(ToolAnswer.text("done"));
        List<JsonNode> after = taken(streamed);

        assertThat(streamed.header("Content-Type")).contains("text/event-stream");
        assertThat(streamed.header("X-Accel-Buffering")).contains("no");
        assertThat(before)
                .extracting(message -> message.at("/params/progress").intValue())
                .containsExactly(1, 2);
        assertThat(before.get(0).at("/params/progressToken").stringValue("")).isEqualTo("p1");
        assertThat(after).singleElement().satisfies(message -> {
            assertThat(message.path("id").intValue()).isEqualTo(7);
            assertThat(message.at("/result/content/0/text").stringValue("")).isEqualTo("done");
        });
        assertThat(streamed.stream().orElseThrow().ended()).isTrue();
    }

    @Test
    void nothing_is_said_before_the_end_to_a_client_that_asked_for_nothing() {
        CompletableFuture<McpResponse> response = work(META);

        running.get(0).progress(1, OptionalDouble.empty(), "");
        running.get(0).log(LogLevel.ERROR, "", "text");
        answer.complete(ToolAnswer.text("done"));

        assertThat(response.join().stream()).isEmpty();
        assertThat(body(response.join()).at("/result/content/0/text").stringValue(""))
                .isEqualTo("done");
    }

    @Test
    void log_messages_go_to_those_who_asked_and_from_the_level_they_asked_for() {
        CompletableFuture<McpResponse> response =
                work(META.replace("\"_meta\":{", "\"_meta\":{\"io.modelcontextprotocol/logLevel\":\"warning\","));

        running.get(0).log(LogLevel.INFO, "shop", "quiet");
        running.get(0).log(LogLevel.WARNING, "shop", List.of("loud"));

        assertThat(taken(response.join())).singleElement().satisfies(message -> {
            assertThat(message.path("method").stringValue("")).isEqualTo("notifications/message");
            assertThat(message.at("/params/data").toString()).isEqualTo("[\"loud\"]");
        });
        answer.complete(ToolAnswer.text("done"));
    }

    @Test
    void a_modern_client_that_leaves_has_cancelled_its_call() {
        CompletableFuture<McpResponse> response = work(PROGRESS);
        running.get(0).progress(1, OptionalDouble.empty(), "");

        response.join().stream().orElseThrow().abandon();
        answer.complete(ToolAnswer.text("too late"));

        assertThat(running.get(0).cancelled()).isTrue();
        assertThat(taken(response.join())).isEmpty();
        assertThat(server.orders.inFlight).isZero();
        assertThat(server.orders.last().stage().name()).isEqualTo("OUTCOME");
    }

    @Test
    void a_legacy_client_cancels_by_name_within_its_session_and_not_by_leaving() {
        serve(() -> List.of(publish(work())));
        String init =
                "\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"c\",\"version\":\"1\"}";
        String session = send(request("initialize", init), AGENT)
                .join()
                .header("Mcp-Session-Id")
                .orElseThrow();
        String[] lines = {AGENT, "MCP-Protocol-Version: 2025-11-25", "Mcp-Session-Id: " + session};
        CompletableFuture<McpResponse> call =
                send(request("tools/call", "\"name\":\"work\",\"_meta\":{\"progressToken\":1}"), lines);
        running.get(0).progress(1, OptionalDouble.empty(), "");
        String cancelled = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":7}}";

        call.join().stream().orElseThrow().abandon();
        send(cancelled, AGENT, "MCP-Protocol-Version: 2025-11-25").join();
        send(cancelled, "MCP-Protocol-Version: 2025-11-25", "Mcp-Session-Id: " + session)
                .join();
        assertThat(running.get(0).cancelled()).isFalse();

        assertThat(send(cancelled, lines).join().status()).isEqualTo(202);
        assertThat(running.get(0).cancelled()).isTrue();
        assertThat(server.orders.last().source().clientInfo()).contains("c/1");
        answer.complete(ToolAnswer.text("done"));
    }

    @Test
    void a_listening_client_hears_of_the_changes_it_asked_for_and_may_see() {
        List<Feature> published = new CopyOnWriteArrayList<>(List.of(work()));
        serve(() -> List.of(publish(published.toArray(Feature[]::new))));
        McpResponse stream = modern("subscriptions/listen", META + ",\"notifications\":{\"toolsListChanged\":true}")
                .join();
        McpResponse foreign = send(
                        request("subscriptions/listen", META + ",\"notifications\":{\"toolsListChanged\":true}"),
                        "MCP-Protocol-Version: 2026-07-28",
                        "Mcp-Method: subscriptions/listen")
                .join();
        assertThat(taken(stream)).singleElement().satisfies(message -> {
            assertThat(message.path("method").stringValue("")).isEqualTo("notifications/subscriptions/acknowledged");
            assertThat(message.at("/params/notifications/toolsListChanged").booleanValue())
                    .isTrue();
            assertThat(message.at("/params/_meta/io.modelcontextprotocol~1subscriptionId")
                            .intValue())
                    .isEqualTo(7);
        });
        assertThat(taken(foreign)).hasSize(1);

        published.add(ToolFeature.builder("orders", "more", "More.").answering(call -> ToolAnswer.text("")));
        server.registered.refresh();

        assertThat(taken(stream))
                .extracting(message -> message.path("method").stringValue(""))
                .containsExactly("notifications/tools/list_changed");
        assertThat(taken(foreign)).isEmpty();
    }

    @Test
    void a_listening_client_hears_that_its_profile_was_edited_and_now_opens_less() {
        serve(() -> List.of(publish(work())));
        McpResponse stream = modern("subscriptions/listen", META + ",\"notifications\":{\"toolsListChanged\":true}")
                .join();
        taken(stream);

        server.orders.replace(OrdersTools.profile("agent", "2", Set.of("*"), Set.of("PROMPT")));

        List<JsonNode> heard = new ArrayList<>();
        await().untilAsserted(() -> {
            heard.addAll(taken(stream));
            assertThat(heard)
                    .extracting(message -> message.path("method").stringValue(""))
                    .containsExactly("notifications/tools/list_changed");
        });
        assertThat(stream.stream().orElseThrow().ended()).isFalse();
    }

    @Test
    void a_stream_ends_when_its_caller_may_not_ask_any_more() {
        McpResponse stream = modern("subscriptions/listen", META + ",\"notifications\":{\"toolsListChanged\":true}")
                .join();
        taken(stream);

        server.orders.suspend("agent");

        List<JsonNode> last = new ArrayList<>();
        await().untilAsserted(() -> {
            last.addAll(taken(stream));
            assertThat(stream.stream().orElseThrow().ended()).isTrue();
        });
        assertThat(last)
                .singleElement()
                .satisfies(message -> assertThat(message.at("/result/_meta/io.modelcontextprotocol~1subscriptionId")
                                .intValue())
                        .isEqualTo(7));
        assertThat(server.orders.inFlight).isZero();
    }

    @Test
    void a_stream_of_changes_ends_with_a_result_when_the_service_stops() {
        String params = META + ",\"notifications\":{\"toolsListChanged\":true}";
        McpResponse first = modern("subscriptions/listen", params).join();
        McpResponse second = modern("subscriptions/listen", params).join();

        endpoint.close();

        for (McpResponse stream : List.of(first, second)) {
            assertThat(taken(stream))
                    .hasSize(2)
                    .last()
                    .satisfies(message -> assertThat(message.has("result")).isTrue());
            assertThat(stream.stream().orElseThrow().ended()).isTrue();
        }
        assertThat(server.orders.inFlight).isZero();
    }

    @Test
    void listening_needs_a_client_that_reads_events() {
        List<HttpField> lines =
                new ArrayList<>(headers(AGENT, "MCP-Protocol-Version: 2026-07-28", "Mcp-Method: subscriptions/listen"));
        lines.removeIf(field -> field.isNamed("Accept"));
        McpResponse response = endpoint.handle(new McpRequest(
                        "POST",
                        lines,
                        request("subscriptions/listen", META).getBytes(StandardCharsets.UTF_8),
                        OrdersTools.ORIGIN,
                        AuthContext.none()))
                .toCompletableFuture()
                .join();

        assertThat(response.status()).isEqualTo(406);
        assertThat(code(response)).isEqualTo(40600);
    }
}
