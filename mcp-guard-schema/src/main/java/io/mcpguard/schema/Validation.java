package io.mcpguard.schema;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which constraints of Jakarta Validation the service checks on an input; only these are in its schema.
 *
 * @param groups names of the groups it validates; empty where it validates nothing
 * @since 0.1
 */
public record Validation(Set<String> groups) {

    private static final String DEFAULT_GROUP = "jakarta.validation.groups.Default";

    /** Nothing is validated. */
    public static final Validation NONE = new Validation(Set.of());

    /** Constraints without a group are validated. */
    public static final Validation DEFAULT = new Validation(Set.of(DEFAULT_GROUP));

    /** Copies the groups. */
    public Validation {
        groups = Set.copyOf(groups);
    }

    /**
     * Reads what is validated of the insides of an argument.
     *
     * @param argument the argument's annotations
     * @return nothing, unless one of them is Valid or Validated, or an own annotation whose name starts so, as Spring has it
     */
    public static Validation of(AnnotatedElement argument) {
        return Arrays.stream(argument.getAnnotations())
                .filter(annotation ->
                        annotation.annotationType().getSimpleName().startsWith("Valid"))
                .findFirst()
                .map(Validation::groupsOf)
                .orElse(NONE);
    }

    private static Validation groupsOf(Annotation annotation) {
        Object value = Annotations.attribute(annotation, "value").orElse("");
        if (value instanceof Class<?>[] groups && groups.length > 0) {
            Set<String> names = new LinkedHashSet<>();
            Stream.of(groups).forEach(group -> addWithInherited(group, names));
            return new Validation(names);
        }
        return DEFAULT;
    }

    /** A group that extends another contains it. */
    private static void addWithInherited(Class<?> group, Set<String> names) {
        names.add(group.getName());
        Stream.of(group.getInterfaces()).forEach(inherited -> addWithInherited(inherited, names));
    }

    /** Says whether a constraint with these groups is checked. */
    boolean covers(Class<?>[] stated) {
        return stated.length == 0
                ? groups.contains(DEFAULT_GROUP)
                : Stream.of(stated).map(Class::getName).anyMatch(groups::contains);
    }
}
