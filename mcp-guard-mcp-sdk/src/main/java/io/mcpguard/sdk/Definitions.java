package io.mcpguard.sdk;

import io.mcpguard.catalog.Hints;
import io.mcpguard.feature.PromptFeature;
import io.mcpguard.feature.ResourceFeature;
import io.mcpguard.feature.ToolFeature;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns what the SDK says of a tool, prompt or resource into what the guard publishes. */
final class Definitions {

    private Definitions() {}

    static ToolFeature.Builder tool(String product, McpSchema.Tool tool, SdkJson json) {
        if (!"object".equals(tool.inputSchema().get("type"))) {
            throw new IllegalArgumentException("its input schema needs \"type\": \"object\"");
        }
        McpSchema.@Nullable ToolAnnotations annotations = tool.annotations();
        String title = first(tool.title(), annotations == null ? null : annotations.title());
        ToolFeature.Builder feature = ToolFeature.builder(
                        product, tool.name(), first(tool.description(), title, tool.name()))
                .title(title)
                .inputSchema(json.schema(tool.inputSchema()));
        if (tool.outputSchema() != null) {
            feature.outputSchema(json.schema(tool.outputSchema()));
        }
        // What is not said means what MCP says it means: it may change, destroy and reach beyond the service.
        return annotations == null
                ? feature.hints(new Hints(false, true, false)).openWorld(true)
                : feature.hints(new Hints(
                                is(annotations.readOnlyHint(), false),
                                is(annotations.destructiveHint(), true),
                                is(annotations.idempotentHint(), false)))
                        .openWorld(is(annotations.openWorldHint(), true));
    }

    static PromptFeature.Builder prompt(String product, McpSchema.Prompt prompt) {
        PromptFeature.Builder feature = PromptFeature.builder(
                        product, prompt.name(), first(prompt.description(), prompt.title(), prompt.name()))
                .title(first(prompt.title()));
        List<McpSchema.PromptArgument> arguments = prompt.arguments();
        if (arguments != null) {
            arguments.forEach(argument -> feature.argument(new PromptFeature.Argument(
                    argument.name(), first(argument.description(), argument.title()), is(argument.required(), false))));
        }
        return feature;
    }

    static ResourceFeature.Builder resource(String product, McpSchema.Resource resource) {
        return resource(
                product,
                resource.uri(),
                resource.name(),
                first(resource.title(), resource.name()),
                first(resource.description(), resource.title(), resource.name()),
                resource.mimeType());
    }

    static ResourceFeature.Builder template(String product, McpSchema.ResourceTemplate template) {
        return resource(
                product,
                template.uriTemplate(),
                template.name(),
                first(template.title(), template.name()),
                first(template.description(), template.title(), template.name()),
                template.mimeType());
    }

    private static ResourceFeature.Builder resource(
            String product, String uri, String name, String title, String description, @Nullable String mimeType) {
        ResourceFeature.Builder feature = ResourceFeature.builder(product, resourceName(name), uri, description)
                .title(title);
        return mimeType == null ? feature : feature.mimeType(mimeType);
    }

    /**
     * Makes a name that a grant can hold. Clients read a resource by its URI, so its name may differ from what the SDK would
     * say; of a tool and a prompt it may not.
     */
    static String resourceName(String name) {
        String letters = name.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[._-]+|-+$", "");
        return letters.length() > 64 ? letters.substring(0, 64) : letters;
    }

    private static boolean is(@Nullable Boolean hint, boolean otherwise) {
        return hint == null ? otherwise : hint;
    }

    /** The first text that says something. */
    private static String first(@Nullable String... texts) {
        for (String text : texts) {
            if (text != null && !text.isBlank()) {
                return text;
            }
        }
        return "";
    }
}
