package io.mcpguard.sdk;

import io.mcpguard.catalog.Schema;
import io.mcpguard.error.ConfigurationException;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import org.jspecify.annotations.Nullable;

/**
 * JSON values between the guard, which takes plain Java values only, and handlers, which give whatever the SDK's mapper can
 * write.
 */
final class SdkJson {

    private static final BigInteger MIN_INT = BigInteger.valueOf(Integer.MIN_VALUE);
    private static final BigInteger MAX_INT = BigInteger.valueOf(Integer.MAX_VALUE);

    private final McpJsonMapper mapper;

    SdkJson(McpJsonMapper mapper) {
        this.mapper = mapper;
    }

    static McpJsonMapper standardMapper() {
        try {
            return McpJsonDefaults.getMapper();
        } catch (ServiceConfigurationError e) {
            throw new ConfigurationException(
                    "The bridge from the MCP Java SDK",
                    "the SDK finds no JSON; add io.modelcontextprotocol.sdk:mcp-json-jackson3 or give a mapper");
        }
    }

    /** Writes a schema as the SDK's server would. */
    Schema schema(Map<String, Object> schema) {
        return new Schema(written(schema));
    }

    /** Takes apart what a handler answers. */
    @Nullable Object plain(@Nullable Object value) {
        if (value == null
                || value instanceof String
                || value instanceof Boolean
                || value instanceof Integer
                || value instanceof Long
                || value instanceof BigInteger
                || value instanceof BigDecimal
                || value instanceof Double) {
            return value;
        }
        if (value instanceof Map<?, ?> map && map.keySet().stream().allMatch(String.class::isInstance)) {
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            map.forEach((name, member) -> members.put((String) name, plain(member)));
            return members;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> items = new ArrayList<>();
            list.forEach(item -> items.add(plain(item)));
            return items;
        }
        return converted(value);
    }

    /** By way of the tree, which keeps every digit of a number; by way of the text what the tree leaves as it is. */
    private @Nullable Object converted(Object value) {
        Object tree = mapper.convertValue(value, Object.class);
        if (tree == null || tree.getClass() != value.getClass()) {
            return plain(tree);
        }
        try {
            return mapper.readValue(written(value), Object.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String written(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Gives arguments the types in which the SDK's server hands them to a handler: the smallest integer that holds the number,
     * or a double; maps and lists that the handler may change.
     */
    static Map<String, Object> arguments(Map<String, @Nullable Object> arguments) {
        return object(arguments);
    }

    // A map of the SDK has null values too, which its signatures cannot say.
    @SuppressWarnings("NullAway")
    private static Map<String, Object> object(Map<?, ?> members) {
        Map<String, Object> copy = new LinkedHashMap<>();
        members.forEach((name, member) -> copy.put(String.valueOf(name), argument(member)));
        return copy;
    }

    private static @Nullable Object argument(@Nullable Object value) {
        if (value instanceof Map<?, ?> members) {
            return object(members);
        }
        if (value instanceof List<?> items) {
            List<@Nullable Object> copy = new ArrayList<>();
            items.forEach(item -> copy.add(argument(item)));
            return copy;
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.doubleValue();
        }
        if (value instanceof Long number) {
            return integer(BigInteger.valueOf(number));
        }
        return value instanceof BigInteger number ? integer(number) : value;
    }

    private static Object integer(BigInteger number) {
        if (number.compareTo(MIN_INT) >= 0 && number.compareTo(MAX_INT) <= 0) {
            return number.intValue();
        }
        return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
    }
}
