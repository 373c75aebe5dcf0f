package io.mcpguard.schema;

import java.lang.annotation.Annotation;
import java.lang.annotation.Repeatable;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Annotations of something in a service, gathered from wherever they may stand.
 *
 * <p>Those that annotations carry themselves are found too, and repeated ones out of their containers.
 *
 * @since 0.1
 */
public final class Annotations implements AnnotatedElement {

    private final List<Annotation> declared;

    private Annotations(List<Annotation> declared) {
        this.declared = declared;
    }

    /**
     * Takes annotations as they were found.
     *
     * @param annotations the nearest first
     * @return all of them
     */
    public static Annotations of(Annotation... annotations) {
        return new Annotations(List.of(annotations));
    }

    /**
     * Gathers the annotations of several places.
     *
     * @param elements such as a field and its getter, the one that counts first
     * @return all of them
     */
    public static Annotations of(AnnotatedElement... elements) {
        return new Annotations(Arrays.stream(elements)
                .flatMap(element -> element instanceof Annotations gathered
                        ? gathered.declared.stream()
                        : Arrays.stream(element.getAnnotations()))
                .toList());
    }

    /**
     * Gathers the annotations of a method and of those it overrides or implements.
     *
     * @param method the method
     * @return its own first, then those of classes, then those of interfaces
     */
    public static Annotations inherited(Method method) {
        return of(overridden(method).toArray(AnnotatedElement[]::new));
    }

    /** The method, and every method above it that it overrides or implements. */
    static List<Method> overridden(Method method) {
        List<Method> found = new ArrayList<>(List.of(method));
        Set<Class<?>> types = new LinkedHashSet<>();
        collect(method.getDeclaringClass(), types);
        types.remove(method.getDeclaringClass());
        for (Class<?> type : types) {
            Arrays.stream(type.getDeclaredMethods())
                    .filter(above -> !above.isBridge() && overrides(method, above))
                    .forEach(found::add);
        }
        return found;
    }

    private static void collect(Class<?> type, Set<Class<?>> types) {
        for (Class<?> level = type; level != null && level != Object.class; level = level.getSuperclass()) {
            types.add(level);
        }
        for (Class<?> level = type; level != null && level != Object.class; level = level.getSuperclass()) {
            for (Class<?> implemented : level.getInterfaces()) {
                collect(implemented, types);
            }
        }
    }

    /** The generic parameters of the method above may have been made concrete below. */
    private static boolean overrides(Method method, Method above) {
        if (!above.getName().equals(method.getName()) || above.getParameterCount() != method.getParameterCount()) {
            return false;
        }
        for (int i = 0; i < method.getParameterCount(); i++) {
            Class<?> actual = method.getParameterTypes()[i];
            Class<?> declared = above.getParameterTypes()[i];
            boolean variable = above.getGenericParameterTypes()[i] instanceof TypeVariable<?>;
            if (actual != declared && !(variable && declared.isAssignableFrom(actual))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public <A extends Annotation> @Nullable A getAnnotation(Class<A> type) {
        return all(type).findFirst().orElse(null);
    }

    @Override
    public Annotation[] getAnnotations() {
        return declared.toArray(Annotation[]::new);
    }

    @Override
    public Annotation[] getDeclaredAnnotations() {
        return getAnnotations();
    }

    /** Every annotation of a type, the nearest first. */
    <A extends Annotation> Stream<A> all(Class<A> type) {
        return named(type.getName()).filter(type::isInstance).map(type::cast);
    }

    /** Every annotation whose type has a name, the nearest first; for types that the service may not have. */
    Stream<Annotation> named(String typeName) {
        List<Annotation> found = new ArrayList<>();
        search(declared, typeName, new HashSet<>(), found);
        return found.stream();
    }

    /** The annotations themselves, repeated ones out of their containers. */
    List<Annotation> flat() {
        return declared.stream()
                .flatMap(annotation -> {
                    List<Annotation> repeated = contained(annotation);
                    return repeated.isEmpty() ? Stream.of(annotation) : repeated.stream();
                })
                .toList();
    }

    private static void search(
            List<Annotation> annotations, String typeName, Set<Class<?>> visited, List<Annotation> found) {
        for (Annotation annotation : annotations) {
            Class<? extends Annotation> type = annotation.annotationType();
            if (type.getName().equals(typeName)) {
                found.add(annotation);
            } else if (!type.getName().startsWith("java.lang.annotation.")) {
                search(contained(annotation), typeName, visited, found);
                if (visited.add(type)) {
                    search(List.of(type.getAnnotations()), typeName, visited, found);
                    visited.remove(type);
                }
            }
        }
    }

    private static List<Annotation> contained(Annotation container) {
        Object value = attribute(container, "value").orElse("");
        if (value instanceof Annotation[] repeated && repeated.length > 0) {
            Repeatable repeatable = repeated[0].annotationType().getAnnotation(Repeatable.class);
            if (repeatable != null && repeatable.value() == container.annotationType()) {
                return List.of(repeated);
            }
        }
        return List.of();
    }

    /** What an annotation says, read by name. */
    static Optional<Object> attribute(Annotation annotation, String name) {
        try {
            Method method = annotation.annotationType().getMethod(name);
            method.setAccessible(true);
            return Optional.ofNullable(method.invoke(annotation));
        } catch (NoSuchMethodException e) {
            return Optional.empty();
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(
                    "could not read " + annotation.annotationType().getName(), e);
        }
    }
}
