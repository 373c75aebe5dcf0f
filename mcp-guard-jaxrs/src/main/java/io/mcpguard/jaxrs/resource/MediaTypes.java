package io.mcpguard.jaxrs.resource;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.Produces;
import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The media types that a method states, or its class when it states none.
 *
 * @param stated as written, one in each entry; possibly empty
 */
record MediaTypes(List<String> stated) {

    MediaTypes {
        stated = List.copyOf(stated);
    }

    static MediaTypes consumed(AnnotatedElement method, Class<?> resource) {
        return of(Optional.ofNullable(method.getAnnotation(Consumes.class))
                .or(() -> ResourceAnnotations.find(resource, Consumes.class))
                .map(Consumes::value));
    }

    static MediaTypes produced(AnnotatedElement method, Class<?> resource) {
        return of(Optional.ofNullable(method.getAnnotation(Produces.class))
                .or(() -> ResourceAnnotations.find(resource, Produces.class))
                .map(Produces::value));
    }

    /** An annotation may hold several in one text. */
    private static MediaTypes of(Optional<String[]> values) {
        return new MediaTypes(Arrays.stream(values.orElseGet(() -> new String[0]))
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList());
    }

    boolean isEmpty() {
        return stated.isEmpty();
    }

    /** The first that is JSON; what takes anything takes JSON. */
    Optional<String> json() {
        return stated.stream()
                .filter(MediaTypes::isJson)
                .findFirst()
                .map(type -> type.indexOf('*') >= 0 ? "application/json" : type);
    }

    Optional<String> first() {
        return stated.stream().findFirst().filter(type -> type.indexOf('*') < 0);
    }

    /** Whether one of them begins so. */
    boolean anyOf(String prefix) {
        return stated.stream().anyMatch(type -> type.toLowerCase(Locale.ROOT).startsWith(prefix));
    }

    static boolean isJson(String type) {
        String plain = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return plain.equals("application/json")
                || plain.endsWith("+json")
                || plain.equals("*/*")
                || plain.equals("application/*");
    }
}
