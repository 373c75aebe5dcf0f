package io.mcpguard.core.protocol;

import io.mcpguard.core.tool.ToolDefinition;
import io.mcpguard.core.tool.ToolResult;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/** Writes results in the shape of the revision a request is in. What one revision added, the ones before it do not get. */
final class Results {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final EndpointSettings settings;

    Results(EndpointSettings settings) {
        this.settings = settings;
    }

    ObjectNode initialized(Revision negotiated) {
        ObjectNode result = NODES.objectNode();
        result.put("protocolVersion", negotiated.text());
        result.putObject("capabilities").putObject("tools");
        result.set("serverInfo", serverInfo());
        if (!settings.instructions().isEmpty()) {
            result.put("instructions", settings.instructions());
        }
        return result;
    }

    ObjectNode discovered() {
        ObjectNode result = NODES.objectNode();
        ArrayNode versions = result.putArray("supportedVersions");
        Revision.supported().forEach(versions::add);
        result.putObject("capabilities").putObject("tools");
        if (!settings.instructions().isEmpty()) {
            result.put("instructions", settings.instructions());
        }
        return cacheable(stamped(result));
    }

    ObjectNode tools(Revision revision, List<ToolDefinition> offered) {
        ObjectNode result = NODES.objectNode();
        String list = offered.stream()
                .map(tool -> tool.written(revision.toolShape()))
                .collect(Collectors.joining(",", "[", "]"));
        result.putRawValue("tools", new RawValue(list));
        return revision.modern() ? cacheable(stamped(result)) : result;
    }

    ObjectNode called(ToolResult tool, Revision revision) {
        ObjectNode result = NODES.objectNode();
        result.putArray("content").addObject().put("type", "text").put("text", tool.text());
        tool.structured()
                .filter(value -> revision.modern() || (revision.structuredContent() && value.isObject()))
                .ifPresent(value -> result.set("structuredContent", value));
        result.put("isError", tool.error());
        return revision.modern() ? stamped(result) : result;
    }

    /** Legacy results are never stamped: their {@code ping} result must be empty. */
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
