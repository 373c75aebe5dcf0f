package io.mcpguard.jaxrs.resource;

import io.mcpguard.schema.Annotations;
import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The type of a response's body where the method's own return type does not tell it and an annotation does: that of Swagger or
 * of MicroProfile OpenAPI, found by name, as neither is required.
 */
final class StatedBodies {

    private static final Set<String> RESPONSE = Set.of(
            "io.swagger.v3.oas.annotations.responses.ApiResponse",
            "org.eclipse.microprofile.openapi.annotations.responses.APIResponse");
    private static final Set<String> SCHEMA =
            Set.of("org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema");

    private StatedBodies() {}

    /** The one type that is stated for a status. */
    static Optional<Class<?>> of(Annotations annotations, int status) {
        return Stream.of(annotations.getAnnotations())
                .flatMap(annotation -> Stream.concat(Stream.of(annotation), nested(annotation, "value")))
                .flatMap(annotation -> Stream.concat(Stream.of(annotation), nested(annotation, "responses")))
                .filter(annotation -> covers(annotation, status))
                .flatMap(annotation -> SCHEMA.contains(nameOf(annotation))
                        ? type(annotation, "value").stream()
                        : nested(annotation, "content")
                                .flatMap(content -> nested(content, "schema"))
                                .flatMap(schema -> type(schema, "implementation").stream()))
                .findFirst();
    }

    private static boolean covers(Annotation annotation, int status) {
        boolean known = RESPONSE.contains(nameOf(annotation)) || SCHEMA.contains(nameOf(annotation));
        String stated =
                attribute(annotation, "responseCode").map(Object::toString).orElse("");
        return known && (stated.equals(Integer.toString(status)) || (stated.isEmpty() && status == 200));
    }

    private static String nameOf(Annotation annotation) {
        return annotation.annotationType().getName();
    }

    private static Optional<Class<?>> type(Annotation annotation, String name) {
        return attribute(annotation, name)
                .filter(value -> value instanceof Class<?> type && type != Void.class && type != void.class)
                .map(value -> (Class<?>) value);
    }

    private static Stream<Annotation> nested(Annotation annotation, String name) {
        Object value = attribute(annotation, name).orElse("");
        if (value instanceof Annotation one) {
            return Stream.of(one);
        }
        return value instanceof Annotation[] several ? Arrays.stream(several) : List.<Annotation>of().stream();
    }

    private static Optional<Object> attribute(Annotation annotation, String name) {
        try {
            return Optional.ofNullable(
                    annotation.annotationType().getMethod(name).invoke(annotation));
        } catch (ReflectiveOperationException e) {
            return Optional.empty();
        }
    }
}
