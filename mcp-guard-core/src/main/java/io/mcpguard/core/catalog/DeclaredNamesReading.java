package io.mcpguard.core.catalog;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Reads which names a schema declares. All schemas that may apply to one value count together; what cannot be followed declares
 * nothing, which hides a name and never shows one.
 */
final class DeclaredNamesReading {

    /** No schema written by hand or made from types comes near; beyond it nothing more is declared. */
    private static final int MOST_PLACES = 10_000;

    private static final List<String> ALTERNATIVES = List.of("allOf", "anyOf", "oneOf");
    private static final List<String> CONDITIONALS = List.of("if", "then", "else");
    private static final List<String> OF_OTHERS = List.of("additionalProperties", "unevaluatedProperties");
    private static final List<String> OF_ITEMS = List.of("items", "contains", "unevaluatedItems");

    private final JsonNode document;
    private final IdentityHashMap<JsonNode, Integer> numbers = new IdentityHashMap<>();
    private final Map<Set<Integer>, DeclaredNames> places = new HashMap<>();
    private final List<Runnable> waiting = new ArrayList<>();

    DeclaredNamesReading(JsonNode document) {
        this.document = document;
    }

    DeclaredNames root() {
        DeclaredNames root = place(List.of(document));
        while (!waiting.isEmpty()) {
            waiting.remove(waiting.size() - 1).run();
        }
        return root;
    }

    /** The names of a value to which all these schemas may apply. */
    private DeclaredNames place(Collection<JsonNode> schemas) {
        IdentityHashMap<JsonNode, Boolean> applying = new IdentityHashMap<>();
        schemas.forEach(schema -> apply(schema, applying));
        Set<Integer> key = new TreeSet<>();
        applying.keySet().forEach(schema -> key.add(numbers.computeIfAbsent(schema, fresh -> numbers.size())));
        DeclaredNames known = places.get(key);
        if (known != null) {
            return known;
        }
        if (key.isEmpty() || places.size() >= MOST_PLACES) {
            return DeclaredNames.NONE;
        }
        DeclaredNames made = new DeclaredNames();
        places.put(key, made);
        waiting.add(() -> fill(made, applying.keySet()));
        return made;
    }

    /** Adds a schema and those that it applies to the same value. */
    private void apply(JsonNode schema, IdentityHashMap<JsonNode, Boolean> applying) {
        List<JsonNode> left = new ArrayList<>(List.of(schema));
        while (!left.isEmpty()) {
            JsonNode next = left.remove(left.size() - 1);
            if (!next.isObject() || applying.put(next, true) != null) {
                continue;
            }
            left.add(referred(next.path("$ref")));
            ALTERNATIVES.forEach(keyword -> next.path(keyword).forEach(left::add));
            CONDITIONALS.forEach(keyword -> left.add(next.path(keyword)));
            next.path("dependentSchemas").forEach(left::add);
        }
    }

    /** The definition in this document that is referred to; a reference by anchor leads nowhere. */
    private JsonNode referred(JsonNode reference) {
        String text = reference.stringValue("");
        if (text.equals("#")) {
            return document;
        }
        return text.startsWith("#/")
                ? document.at(URLDecoder.decode(text.substring(1).replace("+", "%2B"), StandardCharsets.UTF_8))
                : document.path("");
    }

    private void fill(DeclaredNames made, Collection<JsonNode> schemas) {
        Map<String, List<JsonNode>> members = new HashMap<>();
        List<JsonNode> others = new ArrayList<>();
        List<JsonNode> items = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        for (JsonNode schema : schemas) {
            schema.path("properties")
                    .properties()
                    .forEach(member -> members.computeIfAbsent(member.getKey(), fresh -> new ArrayList<>())
                            .add(member.getValue()));
            OF_OTHERS.forEach(keyword -> others.add(schema.path(keyword)));
            schema.path("patternProperties").forEach(others::add);
            OF_ITEMS.forEach(keyword -> items.add(schema.path(keyword)));
            schema.path("prefixItems").forEach(items::add);
            schema.path("propertyNames").path("enum").forEach(key -> keys.add(key.stringValue("")));
        }
        DeclaredNames below = place(others);
        made.others(below);
        made.items(place(items));
        keys.forEach(key -> made.add(key, below));
        members.forEach((name, schemasOfMember) -> made.add(name, place(schemasOfMember)));
    }
}
