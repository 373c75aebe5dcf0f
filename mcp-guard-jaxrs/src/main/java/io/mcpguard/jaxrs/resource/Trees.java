package io.mcpguard.jaxrs.resource;

import io.mcpguard.catalog.Schema;
import java.util.Map;
import java.util.Optional;

/** Types that hold JSON of any shape, by name, since not every one of them is on every class path. */
final class Trees {

    private static final Schema OBJECT = new Schema("{\"type\":\"object\"}");
    private static final Schema ARRAY = new Schema("{\"type\":\"array\"}");

    private static final Map<String, Schema> KNOWN = Map.of(
            "jakarta.json.JsonObject", OBJECT,
            "jakarta.json.JsonArray", ARRAY,
            "jakarta.json.JsonStructure", Schema.ANY,
            "jakarta.json.JsonValue", Schema.ANY,
            "com.fasterxml.jackson.databind.JsonNode", Schema.ANY,
            "com.fasterxml.jackson.databind.node.ObjectNode", OBJECT,
            "tools.jackson.databind.JsonNode", Schema.ANY,
            "tools.jackson.databind.node.ObjectNode", OBJECT,
            "java.lang.Object", Schema.ANY);

    private Trees() {}

    static Optional<Schema> schemaOf(Class<?> type) {
        return Optional.ofNullable(KNOWN.get(type.getName()));
    }
}
