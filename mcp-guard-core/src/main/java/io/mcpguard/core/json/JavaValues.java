package io.mcpguard.core.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON as plain Java values, for code that shall not know a JSON library.
 *
 * @since 0.1
 */
public final class JavaValues {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int DEEPEST = 64;

    private JavaValues() {}

    /**
     * Turns a tree into values.
     *
     * @param node the tree
     * @return null, Boolean, String, Integer, Long, BigInteger, BigDecimal, or an unmodifiable List or Map of such
     */
    public static @Nullable Object of(JsonNode node) {
        if (node.isObject()) {
            return of((ObjectNode) node);
        }
        if (node.isArray()) {
            List<@Nullable Object> list = new ArrayList<>();
            node.values().forEach(element -> list.add(of(element)));
            return Collections.unmodifiableList(list);
        }
        if (node.isString()) {
            return node.stringValue();
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        return node.isNumber() ? node.numberValue() : null;
    }

    /**
     * Turns an object into a map.
     *
     * @param object the object
     * @return an unmodifiable map in the same order
     */
    public static Map<String, @Nullable Object> of(ObjectNode object) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        object.properties().forEach(property -> map.put(property.getKey(), of(property.getValue())));
        return Collections.unmodifiableMap(map);
    }

    /**
     * Turns values into a tree.
     *
     * @param value a value of the types that {@link #of(JsonNode)} gives, or a finite Double
     * @return the tree
     * @throws IllegalArgumentException when there is another type, a number that JSON has not, or more than 64 levels
     */
    public static JsonNode node(@Nullable Object value) {
        return node(value, 0);
    }

    private static JsonNode node(@Nullable Object value, int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("a JSON value has at most " + DEEPEST + " levels here");
        }
        if (value instanceof Map<?, ?> map) {
            ObjectNode object = NODES.objectNode();
            map.forEach((name, member) -> object.set((String) name, node(member, depth + 1)));
            return object;
        }
        if (value instanceof List<?> list) {
            ArrayNode array = NODES.arrayNode();
            list.forEach(element -> array.add(node(element, depth + 1)));
            return array;
        }
        return scalar(value);
    }

    private static JsonNode scalar(@Nullable Object value) {
        if (value == null) {
            return NODES.nullNode();
        }
        if (value instanceof String text) {
            return NODES.stringNode(text);
        }
        if (value instanceof Boolean truth) {
            return NODES.booleanNode(truth);
        }
        if (value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte) {
            return NODES.numberNode(((Number) value).longValue());
        }
        if (value instanceof BigInteger number) {
            return NODES.numberNode(number);
        }
        if (value instanceof BigDecimal number) {
            return NODES.numberNode(number);
        }
        if ((value instanceof Double || value instanceof Float) && Double.isFinite(((Number) value).doubleValue())) {
            return NODES.numberNode(((Number) value).doubleValue());
        }
        throw new IllegalArgumentException("a " + value.getClass().getName() + " is no JSON value");
    }
}
