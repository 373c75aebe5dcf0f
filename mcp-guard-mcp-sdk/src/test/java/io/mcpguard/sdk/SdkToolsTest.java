package io.mcpguard.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.answer.ClientCapability;
import io.mcpguard.answer.Content;
import io.mcpguard.answer.ResourceContent;
import io.mcpguard.answer.ToolAnswer;
import io.mcpguard.catalog.Hints;
import io.mcpguard.catalog.Product;
import io.mcpguard.catalog.Schema;
import io.mcpguard.error.ConfigurationException;
import io.mcpguard.feature.FeatureSource;
import io.mcpguard.feature.LogLevel;
import io.mcpguard.feature.ToolFeature;
import io.mcpguard.testkit.RecordingCall;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class SdkToolsTest {

    private static final Product STOCK = new Product("stock", "Stock", "What is there", "/api/stock");
    private static final String INPUT =
            "{\"type\":\"object\",\"required\":[\"zone\",\"item\"],\"properties\":{\"zone\":{\"type\":\"string\","
                    + "\"x-mcp-header\":\"Zone\"},\"item\":{\"type\":[\"integer\",\"null\"],\"minimum\":1,"
                    + "\"default\":null}},\"additionalProperties\":false,\"title\":\"Pr\u00fcfung\"}";

    record Level(String item, BigDecimal price) {}

    private static McpSchema.Tool.Builder tool(String name) {
        return McpSchema.Tool.builder(name, Map.of("type", "object"));
    }

    private static ToolFeature bridged(McpSchema.Tool tool) {
        return bridged(tool, (exchange, request) -> result(text("done")));
    }

    private static ToolFeature bridged(
            McpSchema.Tool tool, BiFunction<McpSyncServerExchange, CallToolRequest, CallToolResult> handler) {
        return only(SdkTools.of(STOCK, List.of(new SyncToolSpecification(tool, handler))));
    }

    private static ToolFeature only(FeatureSource source) {
        return (ToolFeature) source.published().get(0).features().get(0);
    }

    private static McpSchema.TextContent text(String text) {
        return McpSchema.TextContent.builder(text).build();
    }

    private static CallToolResult result(McpSchema.Content... content) {
        return CallToolResult.builder(List.of(content)).build();
    }

    private static ToolAnswer answer(ToolFeature tool, RecordingCall call) throws Exception {
        CompletionStage<? extends ToolAnswer> stage = tool.handler().handle(call);
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static ToolAnswer.Result answerTo(CallToolResult result) throws Exception {
        ToolFeature tool = bridged(tool("count").build(), (exchange, request) -> result);
        return (ToolAnswer.Result) answer(tool, RecordingCall.builder().build());
    }

    @Test
    @SuppressWarnings("unchecked")
    void schemas_reach_the_guard_letter_by_letter() throws Exception {
        Map<String, Object> schema = McpJsonDefaults.getMapper().readValue(INPUT, LinkedHashMap.class);

        ToolFeature tool = bridged(
                McpSchema.Tool.builder("count", schema).outputSchema(schema).build());

        assertThat(tool.inputSchema()).isEqualTo(new Schema(INPUT));
        assertThat(tool.outputSchema()).contains(new Schema(INPUT));
    }

    @Test
    void a_schema_given_as_text_is_what_the_sdk_makes_of_it() throws Exception {
        McpSchema.Tool tool = McpSchema.Tool.builder("count", McpJsonDefaults.getMapper(), INPUT)
                .build();

        assertThat(bridged(tool).inputSchema().json())
                .isEqualTo(McpJsonDefaults.getMapper().writeValueAsString(tool.inputSchema()))
                .contains("\"x-mcp-header\":\"Zone\"")
                .contains("Pr\u00fcfung");
    }

    @Test
    void name_title_description_and_product_are_those_of_the_tool() {
        ToolFeature tool =
                bridged(tool("count").title("Count").description("Counts items").build());

        assertThat(tool.name()).isEqualTo("count");
        assertThat(tool.title()).isEqualTo("Count");
        assertThat(tool.description()).isEqualTo("Counts items");
        assertThat(tool.operation().product()).isEqualTo("stock");
        assertThat(tool.operation().method()).isEqualTo("TOOL");
        assertThat(tool.outputSchema()).isEmpty();
    }

    @Test
    void a_tool_without_a_description_is_described_by_its_title() {
        ToolFeature tool = bridged(tool("count")
                .annotations(
                        McpSchema.ToolAnnotations.builder().title("Count items").build())
                .build());

        assertThat(tool.title()).isEqualTo("Count items");
        assertThat(tool.description()).isEqualTo("Count items");
        assertThat(bridged(tool("count").build()).description()).isEqualTo("count");
    }

    @Test
    void annotations_become_hints_and_what_is_missing_means_what_mcp_says() {
        ToolFeature careful = bridged(tool("count")
                .annotations(McpSchema.ToolAnnotations.builder()
                        .readOnlyHint(true)
                        .destructiveHint(false)
                        .idempotentHint(true)
                        .openWorldHint(false)
                        .build())
                .build());
        ToolFeature halfTold = bridged(tool("count")
                .annotations(
                        McpSchema.ToolAnnotations.builder().idempotentHint(true).build())
                .build());

        assertThat(careful.operation().hints()).isEqualTo(new Hints(true, false, true));
        assertThat(careful.openWorld()).isFalse();
        assertThat(halfTold.operation().hints()).isEqualTo(new Hints(false, true, true));
        assertThat(halfTold.openWorld()).isTrue();
        assertThat(bridged(tool("count").build()).operation().hints()).isEqualTo(new Hints(false, true, false));
        assertThat(bridged(tool("count").build()).openWorld()).isTrue();
    }

    @Test
    void every_tool_that_cannot_be_published_is_named_at_once() {
        List<SyncToolSpecification> tools = new ArrayList<>();
        for (McpSchema.Tool tool : List.of(
                tool("find/all").build(),
                McpSchema.Tool.builder("list", Map.of("type", "array")).build(),
                tool("fine").build())) {
            tools.add(new SyncToolSpecification(tool, (exchange, request) -> result()));
        }

        assertThatThrownBy(() -> SdkTools.of(STOCK, tools))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("tool find/all: an operation id is 1 to 64 letters")
                .hasMessageContaining("tool list: its input schema needs \"type\": \"object\"")
                .hasMessageNotContaining("fine");
    }

    @Test
    void arguments_have_the_types_that_the_sdk_gives_them() throws Exception {
        List<CallToolRequest> seen = new ArrayList<>();
        ToolFeature tool = bridged(tool("count").build(), (exchange, request) -> {
            seen.add(request);
            return result();
        });
        Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
        arguments.put("nothing", null);
        arguments.put("small", 7L);
        arguments.put("large", 1L << 40);
        arguments.put("huge", BigInteger.TWO.pow(80));
        arguments.put("price", new BigDecimal("12.50"));
        arguments.put("list", List.of(Map.of("n", BigInteger.ONE), "x"));
        RecordingCall call = RecordingCall.builder().arguments(arguments).build();

        answer(tool, call);

        CallToolRequest request = seen.get(0);
        assertThat(request.name()).isEqualTo("count");
        assertThat(request.progressToken()).isEqualTo(call.id().toString());
        assertThat(request.arguments()).containsExactlyEntriesOf(viaSdk(arguments));
        request.arguments().put("mine", 1);
    }

    /** The same arguments as the SDK's server would have read them from the wire. */
    @SuppressWarnings("unchecked")
    private static Map<String, Object> viaSdk(Map<String, @Nullable Object> arguments) throws Exception {
        String wire = McpJsonDefaults.getMapper().writeValueAsString(arguments);
        return McpJsonDefaults.getMapper().readValue(wire, Map.class);
    }

    @Test
    void content_of_every_kind_comes_through_with_its_annotations() throws Exception {
        McpSchema.Annotations hints = new McpSchema.Annotations(
                List.of(McpSchema.Role.USER, McpSchema.Role.ASSISTANT), 0.5, "2026-01-01T00:00:00Z");
        McpSchema.Annotations outOfRange = McpSchema.Annotations.builder()
                .audience(List.of(McpSchema.Role.USER))
                .priority(7.0)
                .build();

        ToolAnswer.Result answer = answerTo(result(
                McpSchema.TextContent.builder("text").annotations(hints).build(),
                McpSchema.ImageContent.builder("aW1n", "image/png")
                        .annotations(outOfRange)
                        .build(),
                McpSchema.AudioContent.builder("c25k", "audio/wav").build(),
                McpSchema.EmbeddedResource.builder(McpSchema.TextResourceContents.builder("stock://1", "one")
                                .mimeType("text/plain")
                                .build())
                        .annotations(hints)
                        .build(),
                McpSchema.EmbeddedResource.builder(McpSchema.BlobResourceContents.builder("stock://2", "Mg==")
                                .build())
                        .build(),
                McpSchema.ResourceLink.builder()
                        .uri("stock://3")
                        .name("three")
                        .description("the third")
                        .mimeType("text/plain")
                        .annotations(hints)
                        .build()));

        Optional<Content.Annotations> kept = Optional.of(new Content.Annotations(
                Set.of(Content.Role.USER, Content.Role.ASSISTANT),
                OptionalDouble.of(0.5),
                Optional.of("2026-01-01T00:00:00Z")));
        assertThat(answer.content())
                .containsExactly(
                        new Content.Text("text", kept),
                        new Content.Image(
                                "aW1n",
                                "image/png",
                                Optional.of(new Content.Annotations(
                                        Set.of(Content.Role.USER), OptionalDouble.empty(), Optional.empty()))),
                        Content.audio("c25k", "audio/wav"),
                        new Content.Embedded(ResourceContent.text("stock://1", "text/plain", "one"), kept),
                        Content.embedded(new ResourceContent("stock://2", Optional.empty(), "Mg==", true)),
                        new Content.Link("stock://3", "three", "the third", Optional.of("text/plain"), kept));
        assertThat(answer.structured()).isEmpty();
        assertThat(answer.error()).isFalse();
    }

    @Test
    void structured_content_is_taken_apart_without_losing_a_digit() throws Exception {
        BigDecimal price = new BigDecimal("12345678901234567890.123456789");
        Map<String, Object> structured = new LinkedHashMap<>();
        structured.put("level", new Level("screw", price));
        structured.put("raw", price);
        structured.put("bytes", new byte[] {1, 2});
        structured.put("codes", new int[] {1, 2});
        structured.put("optional", List.of(Duration.ofSeconds(0).toMillis(), true, "x"));

        ToolAnswer.Result answer =
                answerTo(CallToolResult.builder().structuredContent(structured).build());

        Object value = answer.structured().orElseThrow().value();
        assertThat(value)
                .isEqualTo(Map.of(
                        "level",
                        Map.of("item", "screw", "price", price),
                        "raw",
                        price,
                        "bytes",
                        "AQI=",
                        "codes",
                        List.of(1, 2),
                        "optional",
                        List.of(0L, true, "x")));
    }

    @Test
    void a_failure_that_a_model_may_correct_stays_one() throws Exception {
        ToolAnswer.Result answer = answerTo(CallToolResult.builder(List.of(text("no such zone")))
                .isError(true)
                .build());

        assertThat(answer.error()).isTrue();
        assertThat(answer.content()).containsExactly(Content.text("no such zone"));
    }

    @Test
    void progress_and_messages_go_to_the_client() throws Exception {
        ToolFeature tool = bridged(tool("count").build(), (exchange, request) -> {
            exchange.loggingNotification(
                    McpSchema.LoggingMessageNotification.builder(McpSchema.LoggingLevel.WARNING, "low")
                            .logger("stock")
                            .build());
            exchange.progressNotification(McpSchema.ProgressNotification.builder(request.progressToken(), 1)
                    .total(2.0)
                    .message("half")
                    .build());
            exchange.progressNotification(McpSchema.ProgressNotification.builder(request.progressToken(), 2)
                    .build());
            exchange.progressNotification(
                    McpSchema.ProgressNotification.builder("another call's", 9).build());
            return result();
        });
        RecordingCall call = RecordingCall.builder().build();

        answer(tool, call);

        assertThat(call.logged()).containsExactly(new RecordingCall.Message(LogLevel.WARNING, "stock", "low"));
        assertThat(call.progressed())
                .containsExactly(
                        new RecordingCall.Progress(1, OptionalDouble.of(2), "half"),
                        new RecordingCall.Progress(2, OptionalDouble.empty(), ""));
    }

    @Test
    void every_level_has_its_own() throws Exception {
        ToolFeature tool = bridged(tool("count").build(), (exchange, request) -> {
            for (McpSchema.LoggingLevel level : McpSchema.LoggingLevel.values()) {
                exchange.loggingNotification(
                        McpSchema.LoggingMessageNotification.builder(level, "x").build());
            }
            return result();
        });
        RecordingCall call = RecordingCall.builder().build();

        answer(tool, call);

        assertThat(call.logged()).extracting(RecordingCall.Message::level).containsExactly(LogLevel.values());
    }

    @Test
    void the_handler_learns_who_calls_and_what_the_client_can() throws Exception {
        List<McpSyncServerExchange> seen = new ArrayList<>();
        ToolFeature tool = bridged(tool("count").build(), (exchange, request) -> {
            seen.add(exchange);
            return result();
        });
        RecordingCall call = RecordingCall.builder()
                .clientCan(ClientCapability.ELICITATION_URL)
                .clientCan(ClientCapability.ROOTS)
                .build();

        answer(tool, call);

        McpSyncServerExchange exchange = seen.get(0);
        McpTransportContext context = exchange.transportContext();
        assertThat(context.get(SdkContext.PRINCIPAL)).isEqualTo("robot");
        assertThat(context.get(SdkContext.PROFILE)).isEqualTo("reader");
        assertThat(context.get(SdkContext.CLIENT)).isEqualTo("assistant");
        assertThat(context.get(SdkContext.CALL)).isEqualTo(call.id().toString());
        assertThat(exchange.sessionId()).isEqualTo(call.id().toString());
        McpSchema.ClientCapabilities can = exchange.getClientCapabilities();
        assertThat(can.sampling()).isNull();
        assertThat(can.roots()).isNotNull();
        assertThat(can.elicitation().url()).isNotNull();
        assertThat(can.elicitation().form()).isNull();
    }

    @Test
    void a_request_to_the_client_is_refused_with_what_to_do_instead() throws Exception {
        List<Throwable> refusals = new ArrayList<>();
        ToolFeature tool = bridged(tool("count").build(), (exchange, request) -> {
            for (Runnable asking : List.<Runnable>of(
                    exchange::listRoots,
                    exchange::ping,
                    () -> exchange.createMessage(McpSchema.CreateMessageRequest.builder(List.of(), 10)
                            .build()),
                    () -> exchange.createElicitation(McpSchema.ElicitFormRequest.builder("Sure?", Map.of())
                            .build()))) {
                try {
                    asking.run();
                } catch (McpError e) {
                    refusals.add(e);
                }
            }
            return result();
        });

        answer(
                tool,
                RecordingCall.builder()
                        .clientCan(ClientCapability.SAMPLING)
                        .clientCan(ClientCapability.ELICITATION_FORM)
                        .build());

        assertThat(refusals)
                .hasSize(4)
                .allSatisfy(refusal -> assertThat(refusal).hasMessageContaining("InputRequired"));
    }

    @Test
    void what_a_tool_throws_fails_the_call_whatever_its_type() {
        for (RuntimeException thrown : List.of(
                new IllegalStateException("jdbc:secret"),
                McpError.builder(McpSchema.ErrorCodes.INVALID_PARAMS)
                        .message("jdbc:secret")
                        .build())) {
            ToolFeature direct = bridged(tool("count").build(), (exchange, request) -> {
                throw thrown;
            });
            ToolFeature later = only(SdkTools.ofAsync(
                    STOCK,
                    List.of(new AsyncToolSpecification(
                            tool("count").build(), (exchange, request) -> Mono.error(thrown)))));

            assertThatThrownBy(() ->
                            direct.handler().handle(RecordingCall.builder().build()))
                    .isSameAs(thrown);
            assertThatThrownBy(() -> later.handler()
                            .handle(RecordingCall.builder().build())
                            .toCompletableFuture()
                            .join())
                    .isInstanceOf(CompletionException.class)
                    .hasCause(thrown);
        }
    }

    @Test
    void a_tool_that_answers_nothing_has_failed() {
        @SuppressWarnings("NullAway") // what a handler must not do and can
        ToolFeature direct = bridged(tool("count").build(), (exchange, request) -> null);
        ToolFeature later = only(SdkTools.ofAsync(
                STOCK,
                List.of(new AsyncToolSpecification(tool("count").build(), (exchange, request) -> Mono.empty()))));

        assertThatThrownBy(() -> answer(direct, RecordingCall.builder().build()))
                .hasMessageContaining("answered nothing");
        assertThatThrownBy(() -> answer(later, RecordingCall.builder().build()))
                .hasMessageContaining("answered nothing");
    }

    @Test
    void a_tool_that_answers_later_has_the_caller_in_its_context() throws Exception {
        ToolFeature tool = only(SdkTools.ofAsync(
                STOCK,
                List.of(new AsyncToolSpecification(
                        tool("count").build(),
                        (exchange, request) -> Mono.delay(Duration.ofMillis(5))
                                .flatMap(tick -> exchange.progressNotification(
                                        McpSchema.ProgressNotification.builder(request.progressToken(), 1)
                                                .build()))
                                .then(Mono.deferContextual(context -> Mono.just(result(
                                        text(String.valueOf(context.<McpTransportContext>get(McpTransportContext.KEY)
                                                .get(SdkContext.PRINCIPAL)))))))))));
        RecordingCall call = RecordingCall.builder().build();

        assertThat(answer(tool, call)).isEqualTo(ToolAnswer.text("robot"));
        assertThat(call.progressed()).hasSize(1);
    }

    @Test
    void a_tool_that_answers_later_is_stopped_when_the_call_is_cancelled() throws Exception {
        AtomicBoolean stopped = new AtomicBoolean();
        ToolFeature tool = only(SdkTools.ofAsync(
                STOCK,
                List.of(new AsyncToolSpecification(
                        tool("count").build(),
                        (exchange, request) -> Mono.<CallToolResult>never().doOnCancel(() -> stopped.set(true))))));
        RecordingCall call = RecordingCall.builder().build();

        CompletionStage<? extends ToolAnswer> answer = tool.handler().handle(call);
        call.cancel();

        assertThat(stopped).isTrue();
        assertThat(answer.toCompletableFuture()).isCancelled();
    }
}
