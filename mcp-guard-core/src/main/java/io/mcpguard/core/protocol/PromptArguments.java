package io.mcpguard.core.protocol;

import io.mcpguard.core.catalog.SchemaProblem;
import io.mcpguard.feature.PromptFeature;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Checks the arguments of a prompt, which are texts. */
final class PromptArguments {

    private PromptArguments() {}

    static List<SchemaProblem> problems(PromptFeature prompt, ObjectNode arguments) {
        List<SchemaProblem> problems = new ArrayList<>();
        Set<String> known =
                prompt.arguments().stream().map(PromptFeature.Argument::name).collect(Collectors.toSet());
        for (PromptFeature.Argument argument : prompt.arguments()) {
            if (argument.required() && !arguments.has(argument.name())) {
                problems.add(new SchemaProblem(pointer(argument.name()), "is required"));
            }
        }
        for (Map.Entry<String, JsonNode> given : arguments.properties()) {
            if (!known.contains(given.getKey())) {
                problems.add(new SchemaProblem(pointer(given.getKey()), "is not an argument of this prompt"));
            } else if (!given.getValue().isString()) {
                problems.add(new SchemaProblem(pointer(given.getKey()), "must be a string"));
            }
        }
        return problems;
    }

    private static String pointer(String name) {
        String shown = name.length() > 64 ? name.substring(0, 64) : name;
        return "/" + shown.replace("~", "~0").replace("/", "~1");
    }
}
