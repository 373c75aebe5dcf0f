package io.mcpguard.core.tool;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rewrites the references inside one schema document that becomes part of another (JSON Schema 2020-12, section 8).
 *
 * <p>What is data ({@code enum}, {@code const}, examples) is left alone, and the name of a property is never taken for a keyword.
 */
final class SchemaReferences {

    private static final Set<String> DATA =
            Set.of("enum", "const", "default", "examples", "example", "required", "dependentRequired");
    private static final Set<String> NAMED =
            Set.of("properties", "patternProperties", "dependentSchemas", "$defs", "definitions");
    /** Belong to a document of its own, which the part no longer is, or to a tool that its author wrote as one. */
    private static final Set<String> OF_DOCUMENT = Set.of("$schema", "$id", "$vocabulary", "x-mcp-header");

    private final String root;
    private final Map<String, String> definitions;
    private final String anchors;

    /**
     * Makes a rewriter.
     *
     * @param root where the root of the document is now
     * @param definitions new names of those definitions that have moved to the root of the whole
     * @param anchors stands before every anchor, so that two documents may use one word
     */
    SchemaReferences(String root, Map<String, String> definitions, String anchors) {
        this.root = root;
        this.definitions = definitions;
        this.anchors = anchors;
    }

    /** The document as a part, without the definitions at its root, which have moved. */
    JsonNode part(JsonNode document) {
        if (!(document instanceof ObjectNode object)) {
            return document;
        }
        ObjectNode rest = JsonNodeFactory.instance.objectNode();
        rest.setAll(object);
        rest.remove("$defs");
        return rewritten(rest);
    }

    /** A copy whose references work from anywhere in the whole. */
    JsonNode rewritten(JsonNode schema) {
        if (!(schema instanceof ObjectNode object)) {
            return schema;
        }
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            if (!OF_DOCUMENT.contains(entry.getKey())) {
                copy.set(entry.getKey(), rewritten(entry.getKey(), entry.getValue()));
            }
        }
        return copy;
    }

    /**
     * Says whether a part of a document is a document of its own, in which {@code #} means something else (section 9.2.1). Such
     * references cannot be moved.
     */
    static boolean nested(JsonNode document) {
        for (JsonNode child : document) {
            if (child.path("$id").isString() || nested(child)) {
                return true;
            }
        }
        return false;
    }

    private JsonNode rewritten(String keyword, JsonNode value) {
        if (DATA.contains(keyword)) {
            return value;
        }
        if (value.isString()) {
            return switch (keyword) {
                case "$ref", "$dynamicRef" -> text(reference(value.stringValue()));
                case "$anchor", "$dynamicAnchor" -> text(anchors + value.stringValue());
                default -> value;
            };
        }
        if (value instanceof ArrayNode list) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            list.forEach(item -> copy.add(rewritten(item)));
            return copy;
        }
        if (NAMED.contains(keyword) && value instanceof ObjectNode named) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            named.properties().forEach(entry -> copy.set(entry.getKey(), rewritten(entry.getValue())));
            return copy;
        }
        return rewritten(value);
    }

    private String reference(String reference) {
        if (reference.length() > 1 && reference.charAt(1) != '/') {
            return "#" + anchors + reference.substring(1);
        }
        String[] steps = reference.split("/", 4);
        if (steps.length > 2 && decoded(steps[1]).equals("$defs")) {
            String name = definitions.get(decoded(steps[2]).replace("~1", "/").replace("~0", "~"));
            if (name != null) {
                return "#/$defs/" + name + (steps.length > 3 ? "/" + steps[3] : "");
            }
        }
        return root + reference.substring(1);
    }

    /** What is no encoding names nothing that has moved. */
    private static String decoded(String step) {
        if (step.indexOf('%') < 0) {
            return step;
        }
        try {
            return URLDecoder.decode(step.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return step;
        }
    }

    private static JsonNode text(String text) {
        return JsonNodeFactory.instance.stringNode(text);
    }
}
