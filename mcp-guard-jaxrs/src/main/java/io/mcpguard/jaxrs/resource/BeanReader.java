package io.mcpguard.jaxrs.resource;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.classmate.TypeBindings;
import com.fasterxml.classmate.TypeResolver;
import io.mcpguard.jaxrs.resource.ArgumentReader.Argument;
import io.mcpguard.schema.Annotations;
import io.mcpguard.schema.KotlinArgument;
import io.mcpguard.schema.Validation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads what JAX-RS injects into a class: the arguments of its constructor, its fields and its properties (Jakarta REST 3.1
 * section 3.2). The same for a bean of parameters and for a resource class itself.
 */
final class BeanReader {

    private static final TypeResolver TYPES = new TypeResolver();

    private final ArgumentReader arguments;

    BeanReader(ArgumentReader arguments) {
        this.arguments = arguments;
    }

    static ResolvedType resolve(Class<?> type) {
        return TYPES.resolve(type);
    }

    /** The type of a member, with the type variables of its class as the class that was asked about has them. */
    static ResolvedType resolve(ResolvedType owner, Class<?> declaring, Type member) {
        ResolvedType level = owner.findSupertype(declaring);
        return TYPES.resolve(level == null ? TypeBindings.emptyBindings() : level.getTypeBindings(), member);
    }

    /**
     * Reads a class.
     *
     * @param type the class, generics resolved
     * @param path the path of the operation
     * @param validation what is validated of its insides
     * @param inputs where what is found goes
     */
    void read(ResolvedType type, TemplatePath path, Validation validation, Inputs inputs) {
        Class<?> raw = type.getErasedType();
        Stream.of(raw.getConstructors())
                .max(Comparator.comparingInt(Constructor::getParameterCount))
                .ifPresent(constructor -> readConstructor(constructor, type, path, validation, inputs));
        for (Class<?> level = raw; level != null && level != Object.class; level = level.getSuperclass()) {
            for (Field field : level.getDeclaredFields()) {
                arguments.read(
                        new Argument(
                                Annotations.of(field),
                                resolve(type, level, field.getGenericType()),
                                field.getAnnotatedType(),
                                Optional.empty()),
                        path,
                        validation,
                        inputs);
            }
            for (Method method : level.getDeclaredMethods()) {
                if (method.getName().startsWith("set") && method.getParameterCount() == 1 && !method.isBridge()) {
                    Parameter value = method.getParameters()[0];
                    arguments.read(
                            new Argument(
                                    Annotations.of(method, value),
                                    resolve(type, level, value.getParameterizedType()),
                                    value.getAnnotatedType(),
                                    Optional.empty()),
                            path,
                            validation,
                            inputs);
                }
            }
        }
    }

    private void readConstructor(
            Constructor<?> constructor, ResolvedType type, TemplatePath path, Validation validation, Inputs inputs) {
        Parameter[] parameters = constructor.getParameters();
        for (int i = 0; i < parameters.length; i++) {
            Parameter parameter = parameters[i];
            arguments.read(
                    new Argument(
                            Annotations.of(parameter),
                            resolve(type, constructor.getDeclaringClass(), parameter.getParameterizedType()),
                            parameter.getAnnotatedType(),
                            KotlinArgument.of(constructor, i)),
                    path,
                    validation,
                    inputs);
        }
    }
}
