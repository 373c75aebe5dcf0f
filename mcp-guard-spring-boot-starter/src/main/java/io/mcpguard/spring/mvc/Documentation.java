package io.mcpguard.spring.mvc;

import io.mcpguard.annotation.McpOperation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;

/**
 * Names and descriptions from the annotations that a service may already carry.
 *
 * <p>Our own annotations come first, then Swagger's, then Jackson's. Foreign ones are found by name: none is required.
 */
final class Documentation {

    private static final String SWAGGER = "io.swagger.v3.oas.annotations.";

    private Documentation() {}

    /**
     * Finds the title of an operation.
     *
     * @param own our annotation
     * @param method annotations of the handler method
     * @return the title, possibly empty
     */
    static String title(McpOperation own, MergedAnnotations method) {
        return first(own.title(), text(method, SWAGGER + "Operation", "summary"));
    }

    /**
     * Finds the description of an operation.
     *
     * @param own our annotation
     * @param method annotations of the handler method
     * @return the description, possibly empty
     */
    static String description(McpOperation own, MergedAnnotations method) {
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
    static String description(MergedAnnotations annotations) {
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
    static boolean hidden(MergedAnnotations annotations) {
        return flag(annotations, SWAGGER + "Parameter", "hidden")
                || flag(annotations, SWAGGER + "media.Schema", "hidden")
                || annotations.isPresent(SWAGGER + "Hidden");
    }

    /**
     * Says whether a property is only ever sent by the service.
     *
     * @param annotations its annotations
     * @return true when Swagger's Schema says read-only
     */
    static boolean readOnly(MergedAnnotations annotations) {
        MergedAnnotation<?> schema = annotations.get(SWAGGER + "media.Schema");
        return schema.isPresent()
                && schema.getValue("accessMode")
                        .map(mode -> "READ_ONLY".equals(mode.toString()))
                        .orElse(false);
    }

    /**
     * Lists the responses that Swagger's annotations document.
     *
     * @param method annotations of the handler method
     * @return description by HTTP status, in the order written; entries that are no number are left out
     */
    static Map<Integer, String> responses(MergedAnnotations method) {
        Map<Integer, String> found = new LinkedHashMap<>();
        Stream<MergedAnnotation<?>> single =
                method.stream(SWAGGER + "responses.ApiResponse").map(a -> a);
        Stream<MergedAnnotation<?>> listed = Stream.of(
                        method.get(SWAGGER + "responses.ApiResponses"), method.get(SWAGGER + "Operation"))
                .filter(MergedAnnotation::isPresent)
                .flatMap(container -> Stream.of(container.getAnnotationArray(
                        container.getType().getSimpleName().equals("Operation") ? "responses" : "value",
                        java.lang.annotation.Annotation.class)));
        Stream.concat(single, listed).forEach(response -> {
            String status = response.getString("responseCode");
            if (status.matches("[1-5][0-9]{2}")) {
                found.putIfAbsent(Integer.parseInt(status), response.getString("description"));
            }
        });
        return found;
    }

    private static boolean flag(MergedAnnotations annotations, String annotation, String attribute) {
        MergedAnnotation<?> found = annotations.get(annotation);
        return found.isPresent() && found.getBoolean(attribute);
    }

    private static String text(MergedAnnotations annotations, String annotation, String attribute) {
        MergedAnnotation<?> found = annotations.get(annotation);
        return found.isPresent() ? found.getString(attribute).strip() : "";
    }

    private static String first(String... candidates) {
        return Stream.of(candidates).filter(text -> !text.isBlank()).findFirst().orElse("");
    }
}
