package io.mcpguard.schema;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One constraint that is checked, taken out of the annotations that it may be composed of.
 *
 * <p>Read by name, so that Jakarta Validation need not be there.
 *
 * @param name simple name of one of Jakarta Validation's own constraints
 * @param stated what it states, by attribute
 */
record Constraint(String name, Map<String, Object> stated) {

    private static final String CONSTRAINTS = "jakarta.validation.constraints.";
    private static final String META = "jakarta.validation.Constraint";
    private static final String OVERRIDES = "jakarta.validation.OverridesAttribute";
    private static final String COMPOSITION = "org.hibernate.validator.constraints.ConstraintComposition";

    /** Finds the constraints of an element that are checked, the nearest first. */
    static List<Constraint> of(Annotations annotations, Validation validation) {
        List<Constraint> found = new ArrayList<>();
        if (validation.isAny()) {
            for (Annotation annotation : annotations.flat()) {
                if (isConstraint(annotation) && validation.covers(groupsOf(annotation))) {
                    collect(annotation, Map.of(), 0, found);
                }
            }
        }
        return found;
    }

    /** What the constraint says of one of its attributes. */
    <T> Optional<T> get(String attribute, Class<T> type) {
        return Optional.ofNullable(stated.get(attribute))
                .filter(type::isInstance)
                .map(type::cast);
    }

    /** The groups and the values of what a constraint is composed of are those of the composed one. */
    private static void collect(
            Annotation annotation, Map<String, Object> overrides, int depth, List<Constraint> found) {
        Class<? extends Annotation> type = annotation.annotationType();
        if (type.getName().startsWith(CONSTRAINTS)) {
            Map<String, Object> stated = new HashMap<>();
            for (Method attribute : type.getDeclaredMethods()) {
                Annotations.attribute(annotation, attribute.getName())
                        .ifPresent(value -> stated.put(attribute.getName(), value));
            }
            stated.putAll(overrides);
            found.add(new Constraint(type.getSimpleName(), stated));
            return;
        }
        // Of several alternatives, none can be promised alone.
        boolean alternatives = Annotations.of(type.getAnnotations())
                .named(COMPOSITION)
                .flatMap(composition -> Annotations.attribute(composition, "value").stream())
                .anyMatch(value -> !value.toString().equals("AND"));
        if (alternatives || depth > 5) {
            return;
        }
        Map<Class<?>, Integer> count = new HashMap<>();
        for (Annotation part : Annotations.of(type.getAnnotations()).flat()) {
            if (isConstraint(part)) {
                int index = count.merge(part.annotationType(), 1, Integer::sum) - 1;
                collect(part, overridden(annotation, part, index, overrides), depth + 1, found);
            }
        }
    }

    /** What the composed constraint says in place of one of its parts. */
    private static Map<String, Object> overridden(
            Annotation composed, Annotation part, int index, Map<String, Object> outer) {
        Map<String, Object> overrides = new HashMap<>();
        for (Method attribute : composed.annotationType().getDeclaredMethods()) {
            Annotations.of(attribute.getAnnotations())
                    .named(OVERRIDES)
                    .filter(override -> Annotations.attribute(override, "constraint")
                            .filter(part.annotationType()::equals)
                            .isPresent())
                    .filter(override -> Annotations.attribute(override, "constraintIndex")
                            .filter(at -> at.equals(-1) || at.equals(index))
                            .isPresent())
                    .forEach(override -> {
                        String name = Annotations.attribute(override, "name")
                                .map(Object::toString)
                                .filter(stated -> !stated.isEmpty())
                                .orElse(attribute.getName());
                        Object value = outer.containsKey(attribute.getName())
                                ? outer.get(attribute.getName())
                                : Annotations.attribute(composed, attribute.getName())
                                        .orElseThrow();
                        overrides.put(name, value);
                    });
        }
        return overrides;
    }

    private static boolean isConstraint(Annotation annotation) {
        return Stream.of(annotation.annotationType().getAnnotations())
                .anyMatch(meta -> meta.annotationType().getName().equals(META));
    }

    private static List<Class<?>> groupsOf(Annotation constraint) {
        return Annotations.attribute(constraint, "groups")
                .map(groups -> groups instanceof Class<?>[] types ? List.of(types) : List.<Class<?>>of())
                .orElse(List.of());
    }
}
