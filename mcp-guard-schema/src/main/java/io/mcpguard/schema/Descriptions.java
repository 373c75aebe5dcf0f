package io.mcpguard.schema;

import io.mcpguard.annotation.McpOperation;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Names and descriptions from the annotations that a service may already carry.
 *
 * <p>Our own annotations come first, then Swagger's, then Jackson's. Foreign ones are found by name: none is required.
 *
 * @since 0.1
 */
public final class Descriptions {

    private static final String SWAGGER = "io.swagger.v3.oas.annotations.";

    private Descriptions() {}

    /**
     * Finds the title of an operation.
     *
     * @param own our annotation
     * @param method annotations of the handler method
     * @return the title, possibly empty
     */
    public static String title(McpOperation own, AnnotatedElement method) {
        return first(own.title(), text(method, SWAGGER + "Operation", "summary"));
    }

    /**
     * Finds the description of an operation.
     *
     * @param own our annotation
     * @param method annotations of the handler method
     * @return the description, possibly empty
     */
    public static String description(McpOperation own, AnnotatedElement method) {
        return first(
                own.description(),
                text(method, SWAGGER + "Operation", "description"),
                text(method, SWAGGER + "Operation", "summary"));
    }

    /**
     * Finds the description of a parameter or property.
     *
     * @param annotations its annotations
     * @return the description, possibly empty
     */
    public static String description(AnnotatedElement annotations) {
        return first(
                text(annotations, SWAGGER + "Parameter", "description"),
                text(annotations, SWAGGER + "media.Schema", "description"),
                text(annotations, "com.fasterxml.jackson.annotation.JsonPropertyDescription", "value"));
    }

    /**
     * Says whether the owner keeps a parameter or property out of the documentation.
     *
     * @param annotations its annotations
     * @return true when Swagger's Parameter or Schema is hidden
     */
    public static boolean hidden(AnnotatedElement annotations) {
        return flag(annotations, SWAGGER + "Parameter", "hidden")
                || flag(annotations, SWAGGER + "media.Schema", "hidden")
                || find(annotations, SWAGGER + "Hidden").isPresent();
    }

    /**
     * Says whether a property is only ever sent by the service.
     *
     * @param annotations its annotations
     * @return true when Swagger's Schema says read-only
     */
    public static boolean readOnly(AnnotatedElement annotations) {
        return find(annotations, SWAGGER + "media.Schema")
                .flatMap(schema -> Annotations.attribute(schema, "accessMode"))
                .filter(mode -> mode.toString().equals("READ_ONLY"))
                .isPresent();
    }

    /**
     * Lists the responses that Swagger's annotations document.
     *
     * @param method annotations of the handler method
     * @return description by HTTP status, in the order written; entries that are no number are left out
     */
    public static Map<Integer, String> responses(AnnotatedElement method) {
        Map<Integer, String> found = new LinkedHashMap<>();
        Stream<Annotation> listed = find(method, SWAGGER + "Operation")
                .flatMap(operation -> Annotations.attribute(operation, "responses"))
                .map(responses -> Stream.of((Annotation[]) responses))
                .orElseGet(Stream::empty);
        Stream.concat(Annotations.of(method).named(SWAGGER + "responses.ApiResponse"), listed)
                .forEach(response -> {
                    String status = text(response, "responseCode");
                    if (status.matches("[1-5][0-9]{2}")) {
                        found.putIfAbsent(Integer.parseInt(status), text(response, "description"));
                    }
                });
        return found;
    }

    private static Optional<Annotation> find(AnnotatedElement element, String annotation) {
        return Annotations.of(element).named(annotation).findFirst();
    }

    private static boolean flag(AnnotatedElement annotations, String annotation, String attribute) {
        return find(annotations, annotation)
                .flatMap(found -> Annotations.attribute(found, attribute))
                .filter(Boolean.TRUE::equals)
                .isPresent();
    }

    private static String text(AnnotatedElement annotations, String annotation, String attribute) {
        return find(annotations, annotation)
                .map(found -> text(found, attribute))
                .orElse("");
    }

    private static String text(Annotation annotation, String attribute) {
        return Annotations.attribute(annotation, attribute)
                .map(Object::toString)
                .orElse("")
                .strip();
    }

    private static String first(String... candidates) {
        return Stream.of(candidates).filter(text -> !text.isBlank()).findFirst().orElse("");
    }
}
