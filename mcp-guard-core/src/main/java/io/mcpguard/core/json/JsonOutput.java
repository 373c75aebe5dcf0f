package io.mcpguard.core.json;

import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes trees as UTF-8 JSON without white space. Nulls, the order of properties and the digits of numbers are kept.
 *
 * <p>Immutable and safe for many threads.
 *
 * @since 0.1
 */
public final class JsonOutput {

    /** Has no state of its own that a caller could see or change, so it may be shared. */
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private JsonOutput() {}

    /**
     * Writes a tree as bytes.
     *
     * @param tree the tree
     * @return UTF-8 JSON
     */
    public static byte[] bytes(JsonNode tree) {
        if (tree.isIntegralNumber()) {
            // Most ids of requests. Its digits are its JSON, and a writer costs more than they do.
            return tree.asString().getBytes(StandardCharsets.US_ASCII);
        }
        return MAPPER.writeValueAsBytes(tree);
    }

    /**
     * Writes a tree as text.
     *
     * @param tree the tree
     * @return JSON
     */
    public static String text(JsonNode tree) {
        return new String(bytes(tree), StandardCharsets.UTF_8);
    }
}
