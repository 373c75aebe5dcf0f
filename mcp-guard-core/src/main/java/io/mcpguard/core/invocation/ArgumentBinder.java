package io.mcpguard.core.invocation;

import io.mcpguard.catalog.Parameter;
import io.mcpguard.catalog.RequestBody;
import io.mcpguard.core.catalog.Catalog;
import io.mcpguard.core.catalog.NearestName;
import io.mcpguard.core.catalog.PathTemplate;
import io.mcpguard.core.catalog.PublishedOperation;
import io.mcpguard.core.catalog.SchemaProblem;
import io.mcpguard.invocation.HttpField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Binds arguments to an operation: nothing undeclared, nothing missing, every value valid and encoded as exactly one segment
 * or value, and the resulting path matched back to the operation it was built for.
 *
 * @since 0.1
 */
public final class ArgumentBinder {

    private final Catalog catalog;
    private final BodyWriter bodies = new BodyWriter();

    /**
     * Makes a binder.
     *
     * @param catalog every operation a path could be mistaken for
     */
    public ArgumentBinder(Catalog catalog) {
        this.catalog = catalog;
    }

    /**
     * Binds.
     *
     * @param operation the operation to call
     * @param arguments what the caller gave
     * @return the request, or everything that is wrong
     */
    public Binding bind(PublishedOperation operation, Arguments arguments) {
        List<SchemaProblem> problems = new ArrayList<>();
        Map<String, String> path = new LinkedHashMap<>();
        StringJoiner query = new StringJoiner("&");
        List<HttpField> headers = new ArrayList<>();

        refuseUndeclared(operation, Parameter.Location.PATH, arguments.path(), problems);
        refuseUndeclared(operation, Parameter.Location.QUERY, arguments.query(), problems);
        refuseUndeclared(operation, Parameter.Location.HEADER, arguments.headers(), problems);
        for (Parameter parameter : operation.operation().parameters()) {
            Optional<JsonNode> value = valueOf(parameter, arguments);
            if (value.isEmpty()) {
                if (parameter.required()) {
                    problems.add(new SchemaProblem(pointerTo(parameter), "is required"));
                }
                continue;
            }
            List<SchemaProblem> invalid = operation.schemaOf(parameter).check(value.get());
            if (!invalid.isEmpty()) {
                invalid.forEach(p -> problems.add(new SchemaProblem(pointerTo(parameter) + p.pointer(), p.message())));
                continue;
            }
            switch (parameter.location()) {
                case PATH -> bindPath(parameter, value.get(), path, problems);
                case QUERY -> bindQuery(parameter, value.get(), query, problems);
                case HEADER -> bindHeader(parameter, value.get(), headers, problems);
            }
        }
        byte[] body = bindBody(operation, arguments, headers, problems);
        if (!problems.isEmpty()) {
            return new Binding.Unfit(problems);
        }
        String rawPath = operation.template().expand(path);
        if (!leadsBack(operation, rawPath, path)) {
            return new Binding.Unfit(
                    List.of(new SchemaProblem("/path", "these values would reach something else than this operation")));
        }
        return new Binding.Bound(
                rawPath, query.length() == 0 ? Optional.empty() : Optional.of(query.toString()), headers, body);
    }

    /** The built path must mean this operation to the catalog, with the very values it was built from. */
    private boolean leadsBack(PublishedOperation operation, String rawPath, Map<String, String> values) {
        return operation.template().match(rawPath).filter(values::equals).isPresent()
                && catalog.match(operation.operation().method(), rawPath)
                        .filter(operation::equals)
                        .isPresent();
    }

    private static void refuseUndeclared(
            PublishedOperation operation, Parameter.Location location, ObjectNode given, List<SchemaProblem> problems) {
        if (given.isEmpty()) {
            return;
        }
        List<Parameter> declared = operation.operation().parameters(location);
        for (String name : given.propertyNames()) {
            boolean known = declared.stream()
                    .anyMatch(parameter -> location == Parameter.Location.HEADER
                            ? parameter.name().equalsIgnoreCase(name)
                            : parameter.name().equals(name));
            if (!known) {
                problems.add(new SchemaProblem(
                        "/" + nameOf(location) + "/" + name,
                        "is not a parameter of this operation"
                                + NearestName.hint(
                                        name,
                                        declared.stream().map(Parameter::name).toList())));
            }
        }
    }

    /** JSON null stands for "not given": a URL has no other way to say it. */
    private static Optional<JsonNode> valueOf(Parameter parameter, Arguments arguments) {
        return switch (parameter.location()) {
            case PATH -> given(arguments.path().get(parameter.name()));
            case QUERY -> given(arguments.query().get(parameter.name()));
            case HEADER ->
                arguments.headers().properties().stream()
                        .filter(entry -> entry.getKey().equalsIgnoreCase(parameter.name()))
                        .findFirst()
                        .flatMap(entry -> given(entry.getValue()));
        };
    }

    private static Optional<JsonNode> given(@org.jspecify.annotations.Nullable JsonNode node) {
        return Optional.ofNullable(node).filter(value -> !value.isNull());
    }

    private static void bindPath(
            Parameter parameter, JsonNode value, Map<String, String> path, List<SchemaProblem> problems) {
        Optional<String> text = scalar(value);
        Optional<String> problem =
                text.isEmpty() ? Optional.of("must be a single value") : PathTemplate.problemWith(text.get());
        problem.ifPresentOrElse(
                message -> problems.add(new SchemaProblem(pointerTo(parameter), message)),
                () -> path.put(parameter.name(), text.orElseThrow()));
    }

    private static void bindQuery(
            Parameter parameter, JsonNode value, StringJoiner query, List<SchemaProblem> problems) {
        List<JsonNode> values = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(values::add);
        } else {
            values.add(value);
        }
        for (JsonNode item : values) {
            Optional<String> text = scalar(item).filter(PathTemplate::encodable);
            if (text.isEmpty() || text.get().indexOf('\0') >= 0) {
                problems.add(new SchemaProblem(pointerTo(parameter), "must be a single value or a list of them"));
                return;
            }
            query.add(PathTemplate.encode(parameter.name()) + "=" + PathTemplate.encode(text.get()));
        }
    }

    private static void bindHeader(
            Parameter parameter, JsonNode value, List<HttpField> headers, List<SchemaProblem> problems) {
        Optional<String> text = scalar(value).filter(HttpField::isFieldValue);
        if (text.isEmpty()) {
            problems.add(new SchemaProblem(
                    pointerTo(parameter), "must be a single value without line breaks or control characters"));
            return;
        }
        headers.add(new HttpField(parameter.name(), text.get()));
    }

    private byte[] bindBody(
            PublishedOperation operation, Arguments arguments, List<HttpField> headers, List<SchemaProblem> problems) {
        Optional<RequestBody> declared = operation.operation().body();
        Optional<JsonNode> given = arguments.bodyIfGiven();
        if (given.isEmpty()) {
            if (declared.map(RequestBody::required).orElse(false)) {
                problems.add(new SchemaProblem("/body", "is required"));
            }
            return new byte[0];
        }
        if (declared.isEmpty()) {
            problems.add(new SchemaProblem("/body", "this operation takes no body"));
            return new byte[0];
        }
        List<SchemaProblem> invalid = operation.bodySchema().orElseThrow().check(given.get());
        if (!invalid.isEmpty()) {
            invalid.forEach(p -> problems.add(new SchemaProblem("/body" + p.pointer(), p.message())));
            return new byte[0];
        }
        String contentType = declared.get().contentType();
        Optional<byte[]> body = bodies.write(contentType, given.get());
        if (body.isEmpty()) {
            problems.add(new SchemaProblem("/body", "cannot be sent as " + contentType));
            return new byte[0];
        }
        headers.add(new HttpField("Content-Type", contentType));
        return body.get();
    }

    /** Numbers keep the digits they came with. */
    static Optional<String> scalar(JsonNode value) {
        if (value.isString()) {
            return Optional.of(value.stringValue());
        }
        return value.isNumber() || value.isBoolean() ? Optional.of(value.asString()) : Optional.empty();
    }

    private static String pointerTo(Parameter parameter) {
        return "/" + nameOf(parameter.location()) + "/" + parameter.name();
    }

    private static String nameOf(Parameter.Location location) {
        return location.name().toLowerCase(Locale.ROOT);
    }
}
