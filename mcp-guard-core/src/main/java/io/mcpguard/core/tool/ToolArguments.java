package io.mcpguard.core.tool;

import io.mcpguard.core.catalog.SchemaProblem;
import io.mcpguard.core.json.JsonReading.Document;
import io.mcpguard.core.json.StrictJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads the arguments of a tool and collects everything that is wrong with them. */
final class ToolArguments {

    private static final int LONGEST_NAME = 64;

    private final ObjectNode given;
    private final StrictJson json;
    private final List<SchemaProblem> problems = new ArrayList<>();

    /** Anything not declared is a problem: a model that invents an argument must learn that it has no effect. */
    ToolArguments(ObjectNode given, Set<String> declared, StrictJson json) {
        this.given = given;
        this.json = json;
        for (String name : given.propertyNames()) {
            if (!declared.contains(name)) {
                problems.add(new SchemaProblem(pointer(name), "is not an argument of this tool"));
            }
        }
    }

    List<SchemaProblem> problems() {
        return problems;
    }

    /** A text; JSON null stands for "not given". */
    Optional<String> text(String name) {
        JsonNode value = given.get(name);
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isString()) {
            problems.add(new SchemaProblem(pointer(name), "must be a string"));
            return Optional.empty();
        }
        return Optional.of(value.stringValue());
    }

    String requiredText(String name) {
        Optional<String> text = text(name);
        if (text.isEmpty() && problems.stream().noneMatch(p -> p.pointer().equals(pointer(name)))) {
            problems.add(new SchemaProblem(pointer(name), "is required"));
        }
        return text.orElse("");
    }

    /** An object; a text that holds one is unwrapped, since models send that. Absent is an empty object. */
    ObjectNode object(String name) {
        JsonNode value = given.get(name);
        if (value == null || value.isNull()) {
            return JsonNodeFactory.instance.objectNode();
        }
        JsonNode unwrapped = unwrapped(value);
        if (unwrapped.isObject()) {
            return (ObjectNode) unwrapped;
        }
        problems.add(new SchemaProblem(pointer(name), "must be an object"));
        return JsonNodeFactory.instance.objectNode();
    }

    Optional<JsonNode> any(String name) {
        return Optional.ofNullable(given.get(name));
    }

    /** The object or array that a text holds, else the value itself. */
    JsonNode unwrapped(JsonNode value) {
        return value.isString()
                        && json.read(value.stringValue()) instanceof Document document
                        && document.root().isContainer()
                ? document.root()
                : value;
    }

    private static String pointer(String name) {
        String shown = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
        return "/" + shown.replace("~", "~0").replace("/", "~1");
    }
}
