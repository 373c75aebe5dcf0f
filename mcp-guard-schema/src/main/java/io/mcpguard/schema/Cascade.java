package io.mcpguard.schema;

import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.BeanPropertyDefinition;

/**
 * What is validated of each class within a body: validation goes on into a property only where it is marked as valid.
 *
 * <p>A class that is reached by several ways has one schema, so only what is validated on all of them counts.
 */
final class Cascade {

    /** A class still to be looked at. */
    private record Step(JavaType type, Validation validation) {}

    private final JacksonProperties properties;
    private final Map<Class<?>, Validation> validated = new HashMap<>();
    private final Set<Step> seen = new HashSet<>();
    private final Deque<Step> open = new ArrayDeque<>();

    private Cascade(JacksonProperties properties) {
        this.properties = properties;
    }

    /** Follows validation from a body inwards. */
    static Cascade from(JavaType body, Validation validation, JacksonProperties properties) {
        Cascade cascade = new Cascade(properties);
        if (validation.isAny()) {
            cascade.enter(body, null, true, validation);
            for (Step step = cascade.open.poll(); step != null; step = cascade.open.poll()) {
                cascade.visit(step);
            }
        }
        return cascade;
    }

    /** What is validated of a class whatever way it is reached. */
    Validation of(Class<?> type) {
        return validated.getOrDefault(type, Validation.NONE);
    }

    private void enter(JavaType type, @Nullable AnnotatedType written, boolean valid, Validation validation) {
        if (type.isContainerType() || type.isReferenceType()) {
            JavaType content = type.getContentType();
            if (content != null) {
                AnnotatedType inner = contentOf(written);
                boolean marked = inner != null && isMarked(inner);
                enter(
                        content,
                        inner,
                        valid || marked,
                        inner != null && marked ? validation.convertedBy(inner) : validation);
            }
            return;
        }
        Class<?> raw = type.getRawClass();
        if (type.isPrimitive() || type.isEnumType() || raw.getName().startsWith("java.")) {
            return;
        }
        Validation actual = valid ? validation : Validation.NONE;
        if (seen.add(new Step(type, actual))) {
            open.add(new Step(type, actual));
        }
    }

    private void visit(Step step) {
        note(step.type().getRawClass(), step.validation());
        for (BeanPropertyDefinition property : properties.describe(step.type()).findProperties()) {
            Annotations element = elementOf(property);
            JavaType type = property.getPrimaryType();
            if (type != null) {
                boolean valid = isMarked(element);
                enter(
                        type,
                        writtenTypeOf(property),
                        valid,
                        valid ? step.validation().convertedBy(element) : step.validation());
            }
        }
        Subtypes.of(step.type().getRawClass())
                .forEach(subtype ->
                        enter(properties.type(subtype), null, step.validation().isAny(), step.validation()));
    }

    /** What a class inherits is validated with it. */
    private void note(@Nullable Class<?> type, Validation validation) {
        if (type != null && type != Object.class) {
            validated.merge(type, validation, Validation::and);
            note(type.getSuperclass(), validation);
            for (Class<?> implemented : type.getInterfaces()) {
                note(implemented, validation);
            }
        }
    }

    private static Annotations elementOf(BeanPropertyDefinition property) {
        return Annotations.of(Stream.of(property.getField(), property.getGetter())
                .filter(Objects::nonNull)
                .map(AnnotatedMember::getAnnotated)
                .toArray(AnnotatedElement[]::new));
    }

    private static @Nullable AnnotatedType writtenTypeOf(BeanPropertyDefinition property) {
        if (property.getField() != null) {
            return property.getField().getAnnotated().getAnnotatedType();
        }
        return property.getGetter() == null
                ? null
                : property.getGetter().getAnnotated().getAnnotatedReturnType();
    }

    static @Nullable AnnotatedType contentOf(@Nullable AnnotatedType written) {
        if (written instanceof AnnotatedParameterizedType generic) {
            AnnotatedType[] arguments = generic.getAnnotatedActualTypeArguments();
            return arguments[arguments.length - 1];
        }
        return written instanceof AnnotatedArrayType array ? array.getAnnotatedGenericComponentType() : null;
    }

    private static boolean isMarked(AnnotatedElement element) {
        return Annotations.of(element)
                .named("jakarta.validation.Valid")
                .findAny()
                .isPresent();
    }
}
