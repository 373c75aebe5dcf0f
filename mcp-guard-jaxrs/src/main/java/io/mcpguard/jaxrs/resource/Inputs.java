package io.mcpguard.jaxrs.resource;

import io.mcpguard.catalog.Parameter;
import io.mcpguard.catalog.Parameter.Location;
import io.mcpguard.catalog.RequestBody;
import io.mcpguard.catalog.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a resource method takes, collected while its arguments and those of its class are read. */
final class Inputs {

    private static final String FORM = "application/x-www-form-urlencoded";

    private final List<Parameter> parameters = new ArrayList<>();
    private final List<String> mistakes = new ArrayList<>();
    private final ObjectNode fields = JsonNodeFactory.instance.objectNode();
    private final List<String> requiredFields = new ArrayList<>();
    private @Nullable RequestBody body;

    /** Adds a parameter. The first of one name and place stays: the service gives both arguments the same value. */
    void add(Parameter parameter) {
        if (!holds(parameter.location(), parameter.name())) {
            parameters.add(parameter);
        }
    }

    /** Says whether a parameter is known already; header names compare ignoring case. */
    boolean holds(Location location, String name) {
        return parameters.stream()
                .anyMatch(known -> known.location() == location
                        && (location == Location.HEADER
                                ? known.name().equalsIgnoreCase(name)
                                : known.name().equals(name)));
    }

    /** Adds a field of a form. */
    void field(String name, boolean required, JsonNode schema, String description) {
        if (!fields.has(name)) {
            if (schema instanceof ObjectNode object && !description.isEmpty() && !object.has("description")) {
                object.put("description", description);
            }
            fields.set(name, schema);
            if (required) {
                requiredFields.add(name);
            }
        }
    }

    /** Sets the body; a method has one. */
    void body(RequestBody taken) {
        if (body != null) {
            refuse(
                    "has two arguments that no annotation names, and a request has one body; put @McpHidden on the one that"
                            + " the service itself provides");
        }
        body = taken;
    }

    /** Notes what keeps the method from being an operation, as a sentence that says what to do. */
    void refuse(String mistake) {
        mistakes.add(mistake);
    }

    List<Parameter> parameters() {
        return parameters;
    }

    /** The body, or the form that the fields make up. */
    Optional<RequestBody> body() {
        if (fields.isEmpty()) {
            return Optional.ofNullable(body);
        }
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        schema.set("properties", fields);
        if (!requiredFields.isEmpty()) {
            requiredFields.forEach(schema.putArray("required")::add);
        }
        schema.put("additionalProperties", false);
        return Optional.of(new RequestBody(!requiredFields.isEmpty(), FORM, new Schema(schema.toString())));
    }

    List<String> mistakes() {
        List<String> all = new ArrayList<>(mistakes);
        if (body != null && !fields.isEmpty()) {
            all.add(
                    "takes form fields and a body as well, and a request has one body; take all of it as fields or all of it"
                            + " as a body");
        }
        return all;
    }
}
