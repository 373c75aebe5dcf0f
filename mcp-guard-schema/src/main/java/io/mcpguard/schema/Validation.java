package io.mcpguard.schema;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
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
    private static final String PROVIDER = "META-INF/services/jakarta.validation.spi.ValidationProvider";

    /** Nothing is validated. */
    public static final Validation NONE = new Validation(Set.of());

    /** Constraints without a group are validated. */
    public static final Validation DEFAULT = new Validation(Set.of(DEFAULT_GROUP));

    /** Copies the groups. */
    public Validation {
        groups = Set.copyOf(groups);
    }

    /**
     * Says whether a service can validate at all: the annotations alone, which other libraries bring along, check nothing.
     *
     * @param loader what loads the service's classes
     * @return true when there is an implementation of Jakarta Validation
     */
    public static boolean isPossible(ClassLoader loader) {
        return loader.getResource(PROVIDER) != null;
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
                .map(annotation -> groupsOf(annotation).convertedBy(argument))
                .orElse(NONE);
    }

    private static Validation groupsOf(Annotation annotation) {
        Object value = Annotations.attribute(annotation, "value").orElse("");
        return value instanceof Class<?>[] groups && groups.length > 0 ? ofGroups(groups) : DEFAULT;
    }

    /**
     * Validates these groups.
     *
     * @param groups the groups; a group stands for those it extends and for those in the sequence it defines
     * @return the validation
     */
    public static Validation ofGroups(Class<?>... groups) {
        Set<String> names = new LinkedHashSet<>();
        Stream.of(groups).forEach(group -> addWithContained(group, names));
        return new Validation(names);
    }

    private static void addWithContained(Class<?> group, Set<String> names) {
        if (names.add(group.getName())) {
            Stream.of(group.getInterfaces()).forEach(inherited -> addWithContained(inherited, names));
            Annotations.of(group.getAnnotations())
                    .named("jakarta.validation.GroupSequence")
                    .flatMap(sequence -> Annotations.attribute(sequence, "value").stream())
                    .flatMap(members -> members instanceof Class<?>[] types ? Stream.of(types) : Stream.empty())
                    .forEach(member -> addWithContained(member, names));
        }
    }

    /**
     * Reads what is validated of the insides of something that is itself validated.
     *
     * @param element a property, return value or argument with Valid
     * @return these groups, after its ConvertGroup annotations
     */
    Validation convertedBy(AnnotatedElement element) {
        Set<String> converted = new HashSet<>(groups);
        Annotations.of(element).named("jakarta.validation.groups.ConvertGroup").forEach(conversion -> {
            Class<?> from = (Class<?>) Annotations.attribute(conversion, "from").orElse(Object.class);
            Class<?> to = (Class<?>) Annotations.attribute(conversion, "to").orElse(Object.class);
            if (groups.contains(from.getName())) {
                converted.remove(from.getName());
                addWithContained(to, converted);
            }
        });
        return new Validation(converted);
    }

    /** What both validate. */
    Validation and(Validation other) {
        Set<String> both = new HashSet<>(groups);
        both.retainAll(other.groups);
        return new Validation(both);
    }

    boolean isAny() {
        return !groups.isEmpty();
    }

    /** Says whether a constraint with these groups is checked. */
    boolean covers(List<Class<?>> stated) {
        return stated.isEmpty()
                ? groups.contains(DEFAULT_GROUP)
                : stated.stream().map(Class::getName).anyMatch(groups::contains);
    }
}
