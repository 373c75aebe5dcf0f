package io.mcpguard.core.tool;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A property of a tool's arguments whose value a client repeats in the header {@code Mcp-Param-<name>} (MCP 2026-07-28,
 * {@code x-mcp-header}).
 *
 * @param header the header's full name
 * @param path names of the properties that lead to the value
 * @since 0.1
 */
public record HeaderParameter(String header, List<String> path) {

    private static final String KEYWORD = "x-mcp-header";
    private static final String PREFIX = "Mcp-Param-";
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final Set<String> TYPES = Set.of("string", "integer", "boolean");

    public HeaderParameter {
        path = List.copyOf(path);
    }

    /**
     * Finds the headers of a tool.
     *
     * @param inputSchema schema of its arguments
     * @return the headers, in the order of the schema
     * @throws IllegalArgumentException when the keyword stands where it must not: a client then drops the whole tool
     */
    public static List<HeaderParameter> of(JsonNode inputSchema) {
        List<HeaderParameter> found = new ArrayList<>();
        properties(inputSchema, List.of(), found);
        if (count(inputSchema) != found.size()) {
            throw new IllegalArgumentException(
                    KEYWORD + " may only stand on a property that is reached through properties alone");
        }
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (HeaderParameter parameter : found) {
            if (!names.add(parameter.header())) {
                throw new IllegalArgumentException("two properties have the header " + parameter.header());
            }
        }
        return List.copyOf(found);
    }

    private static void properties(JsonNode schema, List<String> path, List<HeaderParameter> found) {
        JsonNode properties = schema.path("properties");
        if (!properties.isObject()) {
            return;
        }
        ((ObjectNode) properties).properties().forEach(property -> {
            List<String> inner = new ArrayList<>(path);
            inner.add(property.getKey());
            JsonNode declared = property.getValue();
            if (declared.has(KEYWORD)) {
                found.add(new HeaderParameter(headerOf(declared), inner));
            }
            properties(declared, inner, found);
        });
    }

    private static String headerOf(JsonNode declared) {
        String name = declared.path(KEYWORD).stringValueOpt().orElse("");
        if (!name.matches(TOKEN)) {
            throw new IllegalArgumentException(KEYWORD + " must be the name of a header (RFC 9110 section 5.6.2)");
        }
        if (declared.path("type").stringValueOpt().filter(TYPES::contains).isEmpty()) {
            throw new IllegalArgumentException(
                    KEYWORD + " may only stand on a string, an integer or a boolean, which " + name + " is not");
        }
        return PREFIX + name;
    }

    /** How often the keyword stands anywhere, a property of that name aside. */
    private static int count(JsonNode node) {
        int count = 0;
        if (node.isObject()) {
            for (var member : ((ObjectNode) node).properties()) {
                boolean names =
                        member.getKey().equals("properties") || member.getKey().equals("$defs");
                if (names && member.getValue().isObject()) {
                    for (JsonNode inner : member.getValue().values()) {
                        count += count(inner);
                    }
                } else {
                    boolean keyword = member.getKey().equals(KEYWORD);
                    count += keyword ? 1 : count(member.getValue());
                }
            }
        } else if (node.isArray()) {
            for (JsonNode inner : node.values()) {
                count += count(inner);
            }
        }
        return count;
    }

    /**
     * Finds the value in arguments.
     *
     * @param arguments arguments of a call
     * @return the value, or empty when it is not given or null
     */
    public Optional<JsonNode> in(ObjectNode arguments) {
        JsonNode node = arguments;
        for (String name : path) {
            node = node.path(name);
        }
        return node.isMissingNode() || node.isNull() ? Optional.empty() : Optional.of(node);
    }

    /**
     * Says whether a header's text stands for a value: integers by their value, everything else letter by letter.
     *
     * @param text the decoded text of the header
     * @param value the value in the arguments
     * @return whether they agree
     */
    public static boolean agrees(String text, JsonNode value) {
        if (value.isNumber()) {
            try {
                return text.length() <= 64 && new BigDecimal(text).compareTo(value.decimalValue()) == 0;
            } catch (NumberFormatException e) {
                return false;
            }
        }
        return value.isBoolean()
                ? text.equals(Boolean.toString(value.booleanValue()).toLowerCase(Locale.ROOT))
                : value.isString() && text.equals(value.stringValue());
    }
}
