package io.mcpguard.jaxrs.resource;

import com.fasterxml.classmate.ResolvedType;
import io.mcpguard.schema.ValueSchema;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;

/** Values that travel as text and that JAX-RS converts: by a converter, a constructor, {@code fromString} or {@code valueOf}. */
final class Values {

    private Values() {}

    /** Starts the schema of a value. */
    static ValueSchema of(ResolvedType declared) {
        ResolvedType type = unwrapped(declared);
        Optional<ResolvedType> item = itemOf(type);
        return item.isPresent() ? ValueSchema.listOf(shown(item.get())) : ValueSchema.of(shown(type));
    }

    static boolean isSeveral(ResolvedType declared) {
        return itemOf(unwrapped(declared)).isPresent();
    }

    /** What an Optional holds; anything else is itself. */
    static ResolvedType unwrapped(ResolvedType type) {
        return type.getErasedType() == Optional.class
                        && !type.getTypeParameters().isEmpty()
                ? type.getTypeParameters().get(0)
                : type;
    }

    private static Optional<ResolvedType> itemOf(ResolvedType type) {
        if (type.isArray()) {
            return Optional.of(type.getArrayElementType());
        }
        if (!Collection.class.isAssignableFrom(type.getErasedType())) {
            return Optional.empty();
        }
        return type.typeParametersFor(Collection.class).stream().findFirst();
    }

    /** An enum that reads itself from text may call its constants otherwise than by their names. */
    private static Class<?> shown(ResolvedType type) {
        Class<?> raw = type.getErasedType();
        boolean readsItself = raw.isEnum() && Stream.of(raw.getMethods()).anyMatch(method -> isFactory(method, raw));
        return readsItself ? String.class : raw;
    }

    private static boolean isFactory(Method method, Class<?> type) {
        return method.getName().equals("fromString")
                && Modifier.isStatic(method.getModifiers())
                && method.getReturnType() == type
                && method.getParameterCount() == 1
                && method.getParameterTypes()[0] == String.class;
    }
}
