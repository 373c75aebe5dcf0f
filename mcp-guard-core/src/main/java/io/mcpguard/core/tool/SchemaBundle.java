package io.mcpguard.core.tool;

import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts several schema documents into one as properties of an object.
 *
 * <p>The definitions of each move to the {@code $defs} of the whole, where models and clients look for them. Equal definitions
 * become one; one whose name another has is named after its property. References are rewritten to what they meant before.
 */
final class SchemaBundle {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final ObjectNode properties = NODES.objectNode();
    private final ObjectNode definitions = NODES.objectNode();
    private int documents;

    /** Adds a document and returns its place in the whole, to which annotations may be added. */
    ObjectNode add(String property, JsonNode given) {
        // Announced as anything, since the binding of arguments checks the schema itself.
        JsonNode document = SchemaReferences.nested(given) ? NODES.booleanNode(true) : given;
        Map<String, String> names = new HashMap<>();
        ObjectNode moved = moved(property, document, names, "");
        if (!agrees(moved)) {
            names.clear();
            moved = moved(property, document, names, property + "_");
        }
        definitions.setAll(moved);
        JsonNode embedded = references(property, names).part(document);
        documents++;
        ObjectNode place = embedded.isObject() ? (ObjectNode) embedded : ofBoolean(embedded);
        properties.set(property, place);
        return place;
    }

    /** Only objects have room for a description. */
    private static ObjectNode ofBoolean(JsonNode schema) {
        ObjectNode object = NODES.objectNode();
        if (!schema.booleanValue()) {
            object.putObject("not");
        }
        return object;
    }

    /** The definitions of a document under the names they get, which are put into the map. */
    private ObjectNode moved(String property, JsonNode document, Map<String, String> names, String prefix) {
        JsonNode own = document.path("$defs");
        for (String name : own.propertyNames()) {
            String plain = prefix + PropertyNames.plain(name);
            String free = plain;
            for (int n = 2; names.containsValue(free) || (!prefix.isEmpty() && definitions.has(free)); n++) {
                free = plain + "_" + n;
            }
            names.put(name, free);
        }
        SchemaReferences references = references(property, names);
        ObjectNode moved = NODES.objectNode();
        for (Map.Entry<String, JsonNode> definition : own.properties()) {
            moved.set(names.get(definition.getKey()), references.rewritten(definition.getValue()));
        }
        return moved;
    }

    private SchemaReferences references(String property, Map<String, String> names) {
        return new SchemaReferences("#/properties/" + property, names, "in" + documents + ".");
    }

    private boolean agrees(ObjectNode moved) {
        return moved.properties().stream()
                .allMatch(entry -> !definitions.has(entry.getKey())
                        || definitions.get(entry.getKey()).equals(entry.getValue()));
    }

    /** Adds what there is to an object schema. */
    void putInto(ObjectNode schema) {
        schema.set("properties", properties);
        if (!definitions.isEmpty()) {
            schema.set("$defs", definitions);
        }
    }
}
