package io.mcpguard.core.tool;

import io.mcpguard.catalog.Operation;
import io.mcpguard.catalog.Parameter;
import io.mcpguard.core.catalog.PublishedOperation;
import io.mcpguard.core.catalog.SchemaProblem;
import io.mcpguard.core.invocation.Arguments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The arguments of a direct tool: one for each parameter of its operation, and one for the body. */
final class DirectArguments {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String BODY = "body";

    private final PublishedOperation operation;
    private final Map<Parameter, String> names = new LinkedHashMap<>();
    private final Set<String> declared;

    DirectArguments(PublishedOperation operation) {
        this.operation = operation;
        List<PropertyNames.Claim> claims = new ArrayList<>();
        operation.operation().body().ifPresent(body -> claims.add(new PropertyNames.Claim(BODY, BODY)));
        List<Parameter> parameters = inOrder(operation.operation());
        parameters.forEach(parameter -> claims.add(claimOf(parameter)));
        Map<PropertyNames.Claim, String> named = PropertyNames.of(claims);
        parameters.forEach(parameter -> names.put(parameter, named.get(claimOf(parameter))));
        this.declared = Set.copyOf(named.values());
    }

    private static List<Parameter> inOrder(Operation operation) {
        List<Parameter> parameters = new ArrayList<>();
        for (Parameter.Location location : Parameter.Location.values()) {
            parameters.addAll(operation.parameters(location));
        }
        return parameters;
    }

    private static PropertyNames.Claim claimOf(Parameter parameter) {
        return new PropertyNames.Claim(locationOf(parameter), parameter.name());
    }

    private static String locationOf(Parameter parameter) {
        return parameter.location().name().toLowerCase(Locale.ROOT);
    }

    /** The names of all arguments. */
    Set<String> declared() {
        return declared;
    }

    /** Sorts what was given into the parts of a request. What was not declared is a problem already. */
    Arguments read(ToolArguments given) {
        ObjectNode path = NODES.objectNode();
        ObjectNode query = NODES.objectNode();
        ObjectNode headers = NODES.objectNode();
        names.forEach((parameter, name) -> given.any(name).ifPresent(value -> {
            switch (parameter.location()) {
                case PATH -> path.set(parameter.name(), value);
                case QUERY -> query.set(parameter.name(), value);
                case HEADER -> headers.set(parameter.name(), value);
            }
        }));
        boolean takesBody = operation.bodySchema().isPresent();
        return new Arguments(path, query, headers, takesBody ? OperationCalls.body(given, operation) : null);
    }

    /** Points at the tool's argument instead of the part of the request. */
    SchemaProblem named(SchemaProblem problem) {
        String pointer = problem.pointer();
        for (Map.Entry<Parameter, String> entry : names.entrySet()) {
            String part =
                    "/" + locationOf(entry.getKey()) + "/" + entry.getKey().name();
            if (pointer.equals(part) || pointer.startsWith(part + "/")) {
                return new SchemaProblem("/" + entry.getValue() + pointer.substring(part.length()), problem.message());
            }
        }
        boolean ofBody = pointer.equals("/" + BODY) || pointer.startsWith("/" + BODY + "/");
        return ofBody ? problem : new SchemaProblem("", problem.message());
    }

    /** The schema of all arguments as one object. */
    ObjectNode schema() {
        SchemaBundle bundle = new SchemaBundle();
        ArrayNode required = NODES.arrayNode();
        names.forEach((parameter, name) -> {
            ObjectNode schema = bundle.add(name, operation.schemaOf(parameter).document());
            describe(parameter, name, schema);
            if (parameter.required()) {
                required.add(name);
            }
        });
        operation.operation().body().ifPresent(body -> {
            bundle.add(BODY, operation.bodySchema().orElseThrow().document());
            if (body.required()) {
                required.add(BODY);
            }
        });
        ObjectNode schema = NODES.objectNode().put("type", "object");
        bundle.putInto(schema);
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        return schema.put("additionalProperties", false);
    }

    /** The description of the parameter goes before the one of its type. One that lost its name says what it stands for. */
    private static void describe(Parameter parameter, String name, ObjectNode schema) {
        String description = parameter.description().isBlank()
                ? schema.path("description").stringValue("")
                : parameter.description();
        String own = name.equals(parameter.name())
                ? ""
                : "The " + locationOf(parameter) + " parameter " + parameter.name() + ".";
        String text = (description + " " + own).strip();
        if (!text.isEmpty()) {
            schema.put("description", text);
        }
    }
}
