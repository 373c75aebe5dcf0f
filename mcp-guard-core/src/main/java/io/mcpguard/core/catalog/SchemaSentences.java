package io.mcpguard.core.catalog;

import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Says what is wrong with a value so that a model can put it right: where, and what is allowed there.
 *
 * <p>The value itself is never repeated. Of several alternatives, the one that was most likely meant is spoken of.
 */
final class SchemaSentences {

    private static final int MOST_VALUES = 20;

    private final JsonNode document;

    SchemaSentences(JsonNode document) {
        this.document = document;
    }

    List<SchemaProblem> of(List<Error> errors) {
        List<SchemaProblem> problems = new ArrayList<>();
        Map<String, TreeMap<Integer, List<Error>>> choices = new LinkedHashMap<>();
        for (Error error : errors) {
            int at = choiceIn(error.getEvaluationPath());
            if (at < 0) {
                problems.add(problem(error));
            } else if (at + 1 < error.getEvaluationPath().getNameCount()
                    && error.getEvaluationPath().getElement(at + 1) instanceof Integer branch) {
                choices.computeIfAbsent(pathTo(error.getEvaluationPath(), at), path -> new TreeMap<>())
                        .computeIfAbsent(branch, index -> new ArrayList<>())
                        .add(error);
            } else if (errors.size() == 1) {
                // Several alternatives fit where one must; nothing else is wrong.
                problems.add(problem(error));
            }
        }
        choices.values().forEach(branches -> problems.addAll(meant(List.copyOf(branches.values()))));
        return problems;
    }

    /** The alternative whose type and discriminator fit; if none does, what the discriminator may be. */
    private List<SchemaProblem> meant(List<List<Error>> branches) {
        List<Error> best = branches.stream()
                .min(Comparator.comparingInt(SchemaSentences::unlikeliness))
                .orElse(List.of());
        Set<String> constants = new LinkedHashSet<>();
        for (List<Error> branch : branches) {
            branch.stream()
                    .filter(error -> "const".equals(error.getKeyword()))
                    .forEach(error -> constants.add(String.valueOf(error.getSchemaNode())));
        }
        return best.stream()
                .filter(error -> "const".equals(error.getKeyword()))
                .findFirst()
                .map(error -> List.of(new SchemaProblem(
                        error.getInstanceLocation().toString(),
                        constants.size() == 1
                                ? "must be " + constants.iterator().next()
                                : "must be one of " + String.join(", ", constants))))
                .orElseGet(() -> best.stream().map(this::problem).toList());
    }

    /** A value of another type was not meant, then one with another discriminator, then one with more mistakes. */
    private static int unlikeliness(List<Error> branch) {
        int total = branch.size();
        for (Error error : branch) {
            if ("const".equals(error.getKeyword())) {
                total += 100;
            } else if ("type".equals(error.getKeyword()) && isOfTheWhole(error.getEvaluationPath())) {
                total += 1000;
            }
        }
        return total;
    }

    /** Between the alternative and its keyword there is at most a reference. */
    private static boolean isOfTheWhole(NodePath path) {
        for (int i = choiceIn(path) + 2; i < path.getNameCount() - 1; i++) {
            if (!"$ref".equals(path.getElement(i))) {
                return false;
            }
        }
        return true;
    }

    private SchemaProblem problem(Error error) {
        String pointer = error.getInstanceLocation().toString();
        JsonNode allowed = error.getSchemaNode();
        String keyword = error.getKeyword() == null ? "" : error.getKeyword();
        return switch (keyword) {
            case "required" -> new SchemaProblem(below(pointer, error.getProperty()), "is required");
            case "additionalProperties", "unevaluatedProperties" ->
                new SchemaProblem(
                        below(pointer, error.getProperty()),
                        "is not known" + NearestName.hint(error.getProperty(), propertiesBeside(error)));
            case "enum" -> new SchemaProblem(pointer, "must be " + values(allowed));
            case "const" -> new SchemaProblem(pointer, "must be " + allowed);
            case "type" -> new SchemaProblem(pointer, "must be of type " + types(allowed) + found(error));
            case "minimum" -> new SchemaProblem(pointer, "must be at least " + allowed);
            case "maximum" -> new SchemaProblem(pointer, "must be at most " + allowed);
            case "exclusiveMinimum" -> new SchemaProblem(pointer, "must be greater than " + allowed);
            case "exclusiveMaximum" -> new SchemaProblem(pointer, "must be less than " + allowed);
            case "pattern" -> new SchemaProblem(pointer, "must match the pattern " + allowed.asString());
            default -> new SchemaProblem(pointer, error.getMessage());
        };
    }

    private static String found(Error error) {
        Object[] arguments = error.getArguments();
        return arguments == null || arguments.length == 0 ? "" : ", not " + arguments[0];
    }

    private static String types(JsonNode allowed) {
        if (!allowed.isArray()) {
            return allowed.asString();
        }
        return allowed.valueStream().map(JsonNode::asString).collect(Collectors.joining(" or "));
    }

    private static String values(JsonNode allowed) {
        if (allowed.size() == 1) {
            return allowed.get(0).toString();
        }
        String more = allowed.size() > MOST_VALUES ? " and " + (allowed.size() - MOST_VALUES) + " more" : "";
        return allowed.valueStream()
                        .limit(MOST_VALUES)
                        .map(JsonNode::toString)
                        .collect(Collectors.joining(", ", "one of ", ""))
                + more;
    }

    private Set<String> propertiesBeside(Error error) {
        String location = error.getSchemaLocation().toString();
        String keyword = location.substring(location.indexOf('#') + 1);
        JsonNode schema = document.at(keyword.substring(0, Math.max(0, keyword.lastIndexOf('/'))));
        return new LinkedHashSet<>(schema.path("properties").propertyNames());
    }

    private static int choiceIn(NodePath path) {
        for (int i = 0; i < path.getNameCount(); i++) {
            if ("anyOf".equals(path.getElement(i)) || "oneOf".equals(path.getElement(i))) {
                return i;
            }
        }
        return -1;
    }

    private static String pathTo(NodePath path, int end) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i <= end; i++) {
            text.append('/').append(path.getElement(i));
        }
        return text.toString();
    }

    private static String below(String pointer, String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }
}
