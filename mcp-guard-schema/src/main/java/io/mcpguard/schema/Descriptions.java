package io.mcpguard.schema;

import io.mcpguard.annotation.McpOperation;
import io.mcpguard.annotation.McpProduct;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Names and descriptions from the annotations that a service may already carry.
 *
 * <p>Our own annotations come first, then Swagger's, then Jackson's, then the Javadoc that mcp-guard-apidoc has kept. Foreign ones are found by name: none is required.
 *
 * @since 0.1
 */
public final class Descriptions {

    private static final String SWAGGER = Swagger.PACKAGE;

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
        String description = first(
                own.description(),
                text(method, SWAGGER + "Operation", "description"),
                text(method, SWAGGER + "Operation", "summary"));
        return deprecated(method) ? ("Deprecated. " + description).strip() : description;
    }

    /**
     * Finds the description of an operation, in the Javadoc that was kept of it if no annotation has one.
     *
     * @param own our annotation
     * @param method the method; what it overrides or implements counts too
     * @return the description, possibly empty
     */
    public static String description(McpOperation own, Method method) {
        Annotations annotations = Annotations.inherited(method);
        String stated = first(
                own.description(),
                text(annotations, SWAGGER + "Operation", "description"),
                Javadocs.ofMethod(method),
                text(annotations, SWAGGER + "Operation", "summary"));
        return deprecated(annotations) ? ("Deprecated. " + stated).strip() : stated;
    }

    /**
     * Finds the description of a product, in the Javadoc that was kept of its class if no annotation has one.
     *
     * @param own our annotation
     * @param type the class that carries it
     * @return the description, possibly empty
     */
    public static String product(McpProduct own, Class<?> type) {
        return first(own.description(), text(type, SWAGGER + "tags.Tag", "description"), Javadocs.ofType(type));
    }

    /**
     * Finds the description of a method's parameter, in the Javadoc that was kept of it if no annotation has one.
     *
     * @param method the method; what it overrides or implements counts too
     * @param index which of its parameters, from 0
     * @param annotations the parameter's annotations
     * @return the description, possibly empty
     */
    public static String parameter(Method method, int index, AnnotatedElement annotations) {
        return first(description(annotations), Javadocs.ofParameter(method, index));
    }

    /** Finds the description of a property, in the Javadoc that was kept of it if no annotation has one. */
    static String property(Class<?> type, String name, AnnotatedElement annotations) {
        return first(description(annotations), Javadocs.ofProperty(type, name));
    }

    /** Finds the description of a body, in the Javadoc that was kept of its class if no annotation has one. */
    static String body(Class<?> type) {
        return first(description(type), Javadocs.ofType(type));
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
     * Says whether something should no longer be used.
     *
     * @param annotations annotations of an operation, a parameter or a property
     * @return true when Java or Swagger calls it deprecated
     */
    public static boolean deprecated(AnnotatedElement annotations) {
        return Swagger.isDeprecated(Annotations.of(annotations));
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
