package io.mcpguard.jaxrs.resource;

import com.fasterxml.classmate.ResolvedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A type whose variables are resolved, in the form that every library reads.
 *
 * @param raw the generic class
 * @param arguments its type arguments
 */
record PlainType(Class<?> raw, List<Type> arguments) implements ParameterizedType {

    /** Returns the class itself where it is not generic, or nothing is known of its arguments. */
    static Type of(ResolvedType type) {
        List<Type> arguments =
                type.getTypeParameters().stream().map(PlainType::of).toList();
        Class<?> raw = type.getErasedType();
        return arguments.isEmpty() || raw.isArray() ? raw : new PlainType(raw, arguments);
    }

    @Override
    public Type[] getActualTypeArguments() {
        return arguments.toArray(Type[]::new);
    }

    @Override
    public Type getRawType() {
        return raw;
    }

    @Override
    public @Nullable Type getOwnerType() {
        return raw.getDeclaringClass();
    }
}
