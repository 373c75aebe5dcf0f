package io.mcpguard.core.protocol;

import io.mcpguard.core.feature.Features;
import io.mcpguard.core.feature.PublishedPrompt;
import io.mcpguard.core.feature.PublishedResource;
import io.mcpguard.core.tool.ToolDefinition;
import io.mcpguard.core.tool.ToolResult;
import io.mcpguard.feature.Feature;
import io.mcpguard.feature.PromptFeature;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/** Writes results in the shape of the revision a request is in. What one revision added, the ones before it do not get. */
final class Results {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final EndpointSettings settings;
    private final Features features;

    Results(EndpointSettings settings, Features features) {
        this.settings = settings;
        this.features = features;
    }

    ObjectNode initialized(Revision negotiated) {
        ObjectNode result = NODES.objectNode();
        result.put("protocolVersion", negotiated.text());
        result.set("capabilities", capabilities(negotiated));
        result.set("serverInfo", serverInfo());
        if (!settings.instructions().isEmpty()) {
            result.put("instructions", settings.instructions());
        }
        return result;
    }

    ObjectNode discovered(Revision revision) {
        ObjectNode result = NODES.objectNode();
        ArrayNode versions = result.putArray("supportedVersions");
        Revision.supported().forEach(versions::add);
        result.set("capabilities", capabilities(revision));
        if (!settings.instructions().isEmpty()) {
            result.put("instructions", settings.instructions());
        }
        return cacheable(stamped(result));
    }

    /** Changes are told to modern clients only, which may listen for them; a legacy one has no stream to hear them on. */
    private ObjectNode capabilities(Revision revision) {
        ObjectNode capabilities = NODES.objectNode();
        listing(capabilities.putObject("tools"), revision);
        if (Capability.PROMPTS.isOffered(features)) {
            listing(capabilities.putObject("prompts"), revision);
        }
        if (Capability.RESOURCES.isOffered(features)) {
            ObjectNode resources = capabilities.putObject("resources");
            listing(resources, revision);
            if (revision.modern()) {
                resources.put("subscribe", true);
            }
        }
        if (Capability.COMPLETIONS.isOffered(features)) {
            capabilities.putObject("completions");
        }
        if (Capability.LOGGING.isOffered(features)) {
            capabilities.putObject("logging");
        }
        return capabilities;
    }

    private static void listing(ObjectNode capability, Revision revision) {
        if (revision.modern()) {
            capability.put("listChanged", true);
        }
    }

    ObjectNode tools(Pages.Page<ToolDefinition> page, Revision revision) {
        String list = page.items().stream()
                .map(tool -> tool.written(revision.toolShape()))
                .collect(Collectors.joining(",", "[", "]"));
        ObjectNode result = NODES.objectNode();
        result.putRawValue("tools", new RawValue(list));
        return listed(result, page, revision);
    }

    ObjectNode prompts(Pages.Page<PublishedPrompt> page, Revision revision) {
        ObjectNode result = NODES.objectNode();
        ArrayNode list = result.putArray("prompts");
        page.items().forEach(prompt -> list.add(prompt(prompt.feature(), revision)));
        return listed(result, page, revision);
    }

    private static ObjectNode prompt(PromptFeature prompt, Revision revision) {
        ObjectNode written = described(prompt, revision);
        ArrayNode arguments = written.putArray("arguments");
        prompt.arguments()
                .forEach(argument -> arguments
                        .addObject()
                        .put("name", argument.name())
                        .put("description", argument.description())
                        .put("required", argument.required()));
        return written;
    }

    ObjectNode resources(Pages.Page<PublishedResource> page, Revision revision) {
        ObjectNode result = NODES.objectNode();
        ArrayNode list = result.putArray("resources");
        page.items().forEach(resource -> list.add(resource(resource, "uri", revision)));
        return listed(result, page, revision);
    }

    ObjectNode templates(Pages.Page<PublishedResource> page, Revision revision) {
        ObjectNode result = NODES.objectNode();
        ArrayNode list = result.putArray("resourceTemplates");
        page.items().forEach(resource -> list.add(resource(resource, "uriTemplate", revision)));
        return listed(result, page, revision);
    }

    private static ObjectNode resource(PublishedResource resource, String uri, Revision revision) {
        ObjectNode written = described(resource.feature(), revision)
                .put(uri, resource.feature().uri());
        resource.feature().mimeType().ifPresent(type -> written.put("mimeType", type));
        return written;
    }

    private static ObjectNode described(Feature feature, Revision revision) {
        ObjectNode written = NODES.objectNode().put("name", feature.name());
        if (revision.titles()) {
            written.put("title", feature.title());
        }
        return written.put("description", feature.description());
    }

    private ObjectNode listed(ObjectNode result, Pages.Page<?> page, Revision revision) {
        if (page.next() != null) {
            result.put("nextCursor", page.next());
        }
        return revision.modern() ? cacheable(stamped(result)) : result;
    }

    ObjectNode called(ToolResult tool, Revision revision) {
        ObjectNode result = NODES.objectNode();
        result.putArray("content").addObject().put("type", "text").put("text", tool.text());
        tool.structured().filter(revision::takesStructured).ifPresent(value -> result.set("structuredContent", value));
        result.put("isError", tool.error());
        return finished(result, revision);
    }

    ObjectNode completed(List<String> values, Revision revision) {
        ObjectNode result = NODES.objectNode();
        ObjectNode completion = result.putObject("completion");
        ArrayNode offered = completion.putArray("values");
        values.stream().limit(100).forEach(offered::add);
        completion.put("total", values.size()).put("hasMore", values.size() > 100);
        return finished(result, revision);
    }

    ObjectNode read(ObjectNode result, Revision revision) {
        return revision.modern() ? cacheable(stamped(result)) : result;
    }

    ObjectNode inputRequired(ObjectNode questions, Optional<String> state) {
        ObjectNode result = NODES.objectNode();
        if (!questions.isEmpty()) {
            result.set("inputRequests", questions);
        }
        state.ifPresent(text -> result.put("requestState", text));
        return stamped(result).put("resultType", "input_required");
    }

    /** The last word on a stream of changes. */
    ObjectNode listened(JsonNode subscriptionId) {
        ObjectNode result = stamped(NODES.objectNode());
        result.withObject("/_meta").set(Subscription.META_ID, subscriptionId);
        return result;
    }

    /** Legacy results are never stamped: their {@code ping} result must be empty. */
    ObjectNode finished(ObjectNode result, Revision revision) {
        return revision.modern() ? stamped(result) : result;
    }

    private ObjectNode stamped(ObjectNode result) {
        result.put("resultType", "complete");
        result.putObject("_meta").set("io.modelcontextprotocol/serverInfo", serverInfo());
        return result;
    }

    /** Private, since what a caller is shown follows from its credential. */
    private ObjectNode cacheable(ObjectNode result) {
        result.put("ttlMs", settings.toolsMaxAge().toMillis());
        result.put("cacheScope", "private");
        return result;
    }

    private ObjectNode serverInfo() {
        return NODES.objectNode().put("name", settings.serverName()).put("version", settings.serverVersion());
    }
}
