package io.mcpguard.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.answer.Content;
import io.mcpguard.answer.PromptAnswer;
import io.mcpguard.answer.ResourceAnswer;
import io.mcpguard.answer.ResourceContent;
import io.mcpguard.catalog.Product;
import io.mcpguard.error.ConfigurationException;
import io.mcpguard.feature.Feature;
import io.mcpguard.feature.PromptFeature;
import io.mcpguard.feature.ResourceFeature;
import io.mcpguard.testkit.RecordingCall;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncPromptSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncResourceSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncResourceTemplateSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncCompletionSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncPromptSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceTemplateSpecification;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.GetPromptRequest;
import io.modelcontextprotocol.spec.McpSchema.GetPromptResult;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceRequest;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class SdkPromptsAndResourcesTest {

    private static final McpSchema.Prompt REORDER = McpSchema.Prompt.builder("reorder")
            .title("Reorder")
            .description("Asks for more of an item")
            .arguments(List.of(
                    McpSchema.PromptArgument.builder("item")
                            .description("which item")
                            .required(true)
                            .build(),
                    McpSchema.PromptArgument.builder("note").title("A note").build()))
            .build();

    private static SdkFeatures.Builder source() {
        return SdkFeatures.builder(new Product("stock", "Stock", "What is there", "/api/stock"));
    }

    private static Feature only(SdkFeatures.Builder source) {
        return source.build().published().get(0).features().get(0);
    }

    private static McpSchema.TextContent text(String text) {
        return McpSchema.TextContent.builder(text).build();
    }

    private static GetPromptResult prompt(GetPromptRequest request) {
        return GetPromptResult.builder(List.of(
                        new McpSchema.PromptMessage(
                                McpSchema.Role.USER,
                                text("Order " + request.arguments().get("item"))),
                        new McpSchema.PromptMessage(McpSchema.Role.ASSISTANT, text("Sure"))))
                .description("for one item")
                .build();
    }

    private static ReadResourceResult read(ReadResourceRequest request) {
        if (request.uri().endsWith("gone")) {
            throw McpError.RESOURCE_NOT_FOUND.apply(request.uri());
        }
        return ReadResourceResult.builder(List.of(
                        McpSchema.TextResourceContents.builder(request.uri(), "12")
                                .mimeType("text/plain")
                                .build(),
                        McpSchema.BlobResourceContents.builder(request.uri(), "MTI=")
                                .build()))
                .build();
    }

    @Test
    void a_prompt_keeps_its_name_texts_and_arguments() {
        PromptFeature prompt = (PromptFeature) only(source().prompts(
                        List.of(new SyncPromptSpecification(REORDER, (exchange, request) -> prompt(request)))));

        assertThat(prompt.name()).isEqualTo("reorder");
        assertThat(prompt.title()).isEqualTo("Reorder");
        assertThat(prompt.description()).isEqualTo("Asks for more of an item");
        assertThat(prompt.arguments())
                .containsExactly(
                        new PromptFeature.Argument("item", "which item", true),
                        new PromptFeature.Argument("note", "A note", false));
        assertThat(prompt.completion()).isEmpty();
    }

    @Test
    void a_prompt_answers_its_messages_at_once_or_later() throws Exception {
        for (SdkFeatures.Builder source : List.of(
                source().prompts(List.of(new SyncPromptSpecification(REORDER, (exchange, request) -> prompt(request)))),
                source().asyncPrompts(List.of(new AsyncPromptSpecification(
                        REORDER, (exchange, request) -> Mono.fromSupplier(() -> prompt(request))))))) {
            PromptAnswer answer = ((PromptFeature) only(source))
                    .handler()
                    .handle(RecordingCall.builder()
                            .arguments(Map.of("item", "screws"))
                            .build())
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);

            assertThat(answer)
                    .isEqualTo(new PromptAnswer.Messages(
                            "for one item",
                            List.of(
                                    new PromptAnswer.Message(Content.Role.USER, Content.text("Order screws")),
                                    new PromptAnswer.Message(Content.Role.ASSISTANT, Content.text("Sure")))));
        }
    }

    @Test
    void a_resource_gets_a_name_that_a_grant_can_hold() {
        ResourceFeature resource = (ResourceFeature) only(source().resources(List.of(new SyncResourceSpecification(
                McpSchema.Resource.builder("stock://prices", "Price list (EUR)")
                        .mimeType("text/plain")
                        .build(),
                (exchange, request) -> read(request)))));

        assertThat(resource.name()).isEqualTo("Price-list-EUR");
        assertThat(resource.title()).isEqualTo("Price list (EUR)");
        assertThat(resource.description()).isEqualTo("Price list (EUR)");
        assertThat(resource.uri()).isEqualTo("stock://prices");
        assertThat(resource.mimeType()).contains("text/plain");
        assertThat(resource.isTemplate()).isFalse();
        assertThat(Definitions.resourceName("..//über alles/")).isEqualTo("ber-alles");
        assertThat(Definitions.resourceName("x".repeat(80))).hasSize(64);
    }

    @Test
    void resources_and_templates_are_read_at_once_or_later() throws Exception {
        McpSchema.Resource all =
                McpSchema.Resource.builder("stock://all", "all").build();
        McpSchema.ResourceTemplate one = McpSchema.ResourceTemplate.builder("stock://item/{item}", "one")
                .description("One item")
                .build();
        for (SdkFeatures.Builder source : List.of(
                source().resources(List.of(new SyncResourceSpecification(all, (exchange, request) -> read(request)))),
                source().templates(List.of(
                        new SyncResourceTemplateSpecification(one, (exchange, request) -> read(request)))),
                source().asyncResources(List.of(new AsyncResourceSpecification(
                        all, (exchange, request) -> Mono.fromSupplier(() -> read(request))))),
                source().asyncTemplates(List.of(new AsyncResourceTemplateSpecification(
                        one, (exchange, request) -> Mono.just(read(request))))))) {
            ResourceFeature resource = (ResourceFeature) only(source);

            assertThat(read(resource, "stock://item/7"))
                    .isEqualTo(new ResourceAnswer.Contents(List.of(
                            ResourceContent.text("stock://item/7", "text/plain", "12"),
                            new ResourceContent("stock://item/7", Optional.empty(), "MTI=", true))));
            assertThat(read(resource, "stock://item/gone")).isEqualTo(new ResourceAnswer.Missing());
        }
    }

    private static ResourceAnswer read(ResourceFeature resource, String uri) throws Exception {
        return resource.handler()
                .handle(RecordingCall.builder().uri(uri).build())
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    @Test
    void any_other_error_of_a_resource_is_a_failure() {
        McpError error = McpError.builder(McpSchema.ErrorCodes.INTERNAL_ERROR)
                .message("jdbc:secret")
                .build();
        ResourceFeature resource = (ResourceFeature) only(source().resources(List.of(new SyncResourceSpecification(
                McpSchema.Resource.builder("stock://all", "all").build(), (exchange, request) -> {
                    throw error;
                }))));

        assertThatThrownBy(() -> read(resource, "stock://all")).isSameAs(error);
    }

    @Test
    void completions_find_the_prompt_or_template_they_are_for() {
        SdkFeatures features = source().prompts(
                        List.of(new SyncPromptSpecification(REORDER, (exchange, request) -> prompt(request))))
                .templates(List.of(new SyncResourceTemplateSpecification(
                        McpSchema.ResourceTemplate.builder("stock://item/{item}", "one")
                                .build(),
                        (exchange, request) -> read(request))))
                .completions(List.of(
                        new SyncCompletionSpecification(
                                new McpSchema.PromptReference("reorder"),
                                (exchange, request) -> new McpSchema.CompleteResult(
                                        new McpSchema.CompleteResult.CompleteCompletion(List.of(
                                                request.argument().name(),
                                                request.argument().value() + "ews",
                                                String.valueOf(request.context().arguments()),
                                                String.valueOf(exchange.transportContext()
                                                        .get(SdkContext.CLIENT)))))),
                        new SyncCompletionSpecification(
                                new McpSchema.ResourceReference("stock://item/{item}"),
                                (exchange, request) -> new McpSchema.CompleteResult(
                                        new McpSchema.CompleteResult.CompleteCompletion(List.of("nails"))))))
                .build();
        List<Feature> all = features.published().get(0).features();
        RecordingCall call = RecordingCall.builder().build();

        assertThat(((PromptFeature) all.get(0))
                        .completion()
                        .orElseThrow()
                        .complete("item", "scr", Map.of("note", "soon"), call.caller()))
                .containsExactly("item", "screws", "{note=soon}", "assistant");
        assertThat(((ResourceFeature) all.get(1))
                        .completion()
                        .orElseThrow()
                        .complete("item", "", Map.of(), call.caller()))
                .containsExactly("nails");
    }

    @Test
    void a_completion_for_nothing_is_a_mistake() {
        assertThatThrownBy(() -> source().completions(List.of(new SyncCompletionSpecification(
                                new McpSchema.PromptReference("reordre"),
                                (exchange, request) -> new McpSchema.CompleteResult(
                                        new McpSchema.CompleteResult.CompleteCompletion(List.of())))))
                        .build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("a completion for reordre");
    }
}
