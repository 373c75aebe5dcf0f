package io.mcpguard.testkit.parity;

import io.mcpguard.testkit.internal.JsonReader;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A place in a JSON document, also one that is not there.
 *
 * @param value what stands there, or null
 */
record Tree(@Nullable Object value) {

    static Tree read(String json) {
        try {
            return new Tree(JsonReader.read(json));
        } catch (IllegalArgumentException e) {
            return new Tree(null);
        }
    }

    Tree at(String member) {
        return new Tree(value instanceof Map<?, ?> members ? members.get(member) : null);
    }

    boolean has(String member) {
        return value instanceof Map<?, ?> members && members.containsKey(member);
    }

    List<Tree> items() {
        return value instanceof List<?> items ? items.stream().map(Tree::new).toList() : List.of();
    }

    /** The text, empty when there is none. */
    String text() {
        return value instanceof String text ? text : "";
    }

    /** The number, 0 when there is none. */
    int number() {
        return value instanceof BigDecimal number ? number.intValue() : 0;
    }

    boolean is(Object expected) {
        return expected.equals(value);
    }
}
