package io.mcpguard.schema;

import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** What Swagger's annotations say of a value, besides its description. Read by name: they need not be there. */
final class Swagger {

    static final String PACKAGE = "io.swagger.v3.oas.annotations.";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Swagger() {}

    /** Whether the owner says that a property must or need not be given; empty when nothing is said. */
    static Optional<Boolean> required(Annotations annotations) {
        return schema(annotations)
                .flatMap(schema -> Annotations.attribute(schema, "requiredMode"))
                .map(Object::toString)
                .filter(mode -> !mode.equals("AUTO"))
                .map("REQUIRED"::equals);
    }

    /** Adds title, format, values, examples, default and deprecation. */
    static void addTo(ObjectNode schema, String type, Annotations annotations) {
        schema(annotations).ifPresent(stated -> {
            text(stated, "title").ifPresent(title -> schema.put("title", title));
            if (type.equals("string")) {
                text(stated, "format").ifPresent(format -> schema.put("format", format));
            }
            addValues(schema, type, texts(stated, "allowableValues"));
            text(stated, "defaultValue")
                    .map(value -> read(value, type))
                    .filter(value -> fits(value, type))
                    .ifPresent(value -> schema.set("default", value));
        });
        addExamples(schema, type, annotations);
        if (isDeprecated(annotations)) {
            schema.put("deprecated", true);
        }
    }

    /** Whether Java or Swagger says that something should no longer be used. */
    static boolean isDeprecated(Annotations annotations) {
        return annotations.named("java.lang.Deprecated").findAny().isPresent()
                || Stream.of("media.Schema", "Parameter", "Operation")
                        .flatMap(name -> annotations.named(PACKAGE + name))
                        .anyMatch(annotation -> Annotations.attribute(annotation, "deprecated")
                                .filter(Boolean.TRUE::equals)
                                .isPresent());
    }

    private static void addValues(ObjectNode schema, String type, List<String> stated) {
        List<JsonNode> values = stated.stream().map(value -> read(value, type)).toList();
        if (!values.isEmpty() && values.stream().allMatch(value -> fits(value, type))) {
            schema.putArray("enum").addAll(values);
        }
    }

    private static void addExamples(ObjectNode schema, String type, Annotations annotations) {
        List<String> examples = new ArrayList<>();
        Stream.concat(annotations.named(PACKAGE + "Parameter"), schema(annotations).stream())
                .forEach(stated -> {
                    text(stated, "example").ifPresent(examples::add);
                    if (stated.annotationType().getSimpleName().equals("Schema")) {
                        examples.addAll(texts(stated, "examples"));
                    }
                });
        if (!examples.isEmpty()) {
            ArrayNode all = schema.putArray("examples");
            examples.stream().distinct().forEach(example -> all.add(read(example, type)));
        }
    }

    /** On a property, or within the annotation of a parameter. */
    private static Optional<Annotation> schema(Annotations annotations) {
        return annotations
                .named(PACKAGE + "media.Schema")
                .findFirst()
                .or(() -> annotations
                        .named(PACKAGE + "Parameter")
                        .findFirst()
                        .flatMap(parameter -> Annotations.attribute(parameter, "schema"))
                        .filter(Annotation.class::isInstance)
                        .map(Annotation.class::cast));
    }

    private static JsonNode read(String text, String type) {
        if (type.equals("string")) {
            return StringNode.valueOf(text);
        }
        try {
            return JSON.readTree(text);
        } catch (JacksonException e) {
            return StringNode.valueOf(text);
        }
    }

    private static boolean fits(JsonNode value, String type) {
        return switch (type) {
            case "string" -> value.isString();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            default -> false;
        };
    }

    private static Optional<String> text(Annotation annotation, String attribute) {
        return Annotations.attribute(annotation, attribute)
                .map(Object::toString)
                .filter(text -> !text.isBlank());
    }

    private static List<String> texts(Annotation annotation, String attribute) {
        return Annotations.attribute(annotation, attribute)
                .filter(String[].class::isInstance)
                .map(values -> List.of((String[]) values))
                .orElse(List.of());
    }
}
