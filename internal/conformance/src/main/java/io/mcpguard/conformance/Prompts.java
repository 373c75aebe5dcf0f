package io.mcpguard.conformance;

import io.mcpguard.answer.Content;
import io.mcpguard.answer.PromptAnswer;
import io.mcpguard.answer.ResourceContent;
import io.mcpguard.feature.Feature;
import io.mcpguard.feature.FeatureCall;
import io.mcpguard.feature.PromptFeature;
import io.mcpguard.feature.PromptFeature.Argument;
import java.util.List;

/** One prompt for each kind of message, and one that asks first. */
final class Prompts {

    private static final List<String> WORDS = List.of("paris", "park", "party", "test", "testing");

    private Prompts() {}

    static List<Feature> all() {
        return List.of(
                PromptFeature.builder(Fixture.PRODUCT, "test_simple_prompt", "A prompt without arguments.")
                        .answering(call -> PromptAnswer.user(Content.text("This is a simple prompt for testing."))),
                PromptFeature.builder(Fixture.PRODUCT, "test_prompt_with_arguments", "A prompt with two arguments.")
                        .argument(new Argument("arg1", "First test argument", true))
                        .argument(new Argument("arg2", "Second test argument", true))
                        .completion((argument, typed, chosen, caller) -> startingWith(typed))
                        .answering(call -> PromptAnswer.user(Content.text("Prompt with arguments: arg1='%s', arg2='%s'"
                                .formatted(argument(call, "arg1"), argument(call, "arg2"))))),
                PromptFeature.builder(
                                Fixture.PRODUCT, "test_prompt_with_embedded_resource", "A prompt about a resource.")
                        .argument(new Argument("resourceUri", "URI of the resource to embed", true))
                        .answering(call -> PromptAnswer.user(
                                Content.embedded(ResourceContent.text(
                                        argument(call, "resourceUri"),
                                        "text/plain",
                                        "Embedded resource content for testing.")),
                                Content.text("Please process the embedded resource above."))),
                PromptFeature.builder(Fixture.PRODUCT, "test_prompt_with_image", "A prompt about an image.")
                        .answering(call -> PromptAnswer.user(
                                Content.image(Samples.PNG, "image/png"),
                                Content.text("Please analyze the image above."))),
                PromptFeature.builder(Fixture.PRODUCT, "test_input_required_result_prompt", "A prompt that asks first.")
                        .answering(Prompts::asking));
    }

    private static PromptAnswer asking(FeatureCall call) {
        return Questions.field(call, "user_context", "context")
                .map(context -> PromptAnswer.user(Content.text("Work in this context: " + context)))
                .orElseGet(() -> Questions.ask(
                        "user_context", Questions.form("What context should the prompt use?", "context", "string")));
    }

    private static List<String> startingWith(String typed) {
        return WORDS.stream().filter(word -> word.startsWith(typed)).toList();
    }

    private static String argument(FeatureCall call, String name) {
        return String.valueOf(call.arguments().get(name));
    }
}
