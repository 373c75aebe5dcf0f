package io.mcpguard.jaxrs.resource;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Where the annotations of a resource class and its methods stand (Jakarta REST 3.1 section 3.6): on the method itself, or all
 * of them on one method that it overrides or implements, superclasses before interfaces.
 */
final class ResourceAnnotations {

    private static final String OWN = "jakarta.ws.rs.";

    private ResourceAnnotations() {}

    /** The class of a resource that carries {@code @Path}: itself, a superclass or an interface, as Jersey and RESTEasy look. */
    static Optional<String> path(Class<?> resource) {
        return find(resource, Path.class).map(Path::value);
    }

    /** An annotation of a class, of its superclasses, or of an interface of these. */
    static <A extends Annotation> Optional<A> find(Class<?> type, Class<A> annotation) {
        return lineage(type).stream()
                .filter(each -> each.isAnnotationPresent(annotation))
                .findFirst()
                .map(each -> each.getAnnotation(annotation));
    }

    /** Our own annotation of a method, wherever in its lineage. */
    static <A extends Annotation> Optional<A> find(Method method, Class<A> annotation) {
        return overridden(method).stream()
                .filter(each -> each.isAnnotationPresent(annotation))
                .findFirst()
                .map(each -> each.getAnnotation(annotation));
    }

    /** The method whose annotations count: the first in its lineage that has any of JAX-RS. */
    static Method annotated(Method method) {
        return overridden(method).stream()
                .filter(ResourceAnnotations::hasAny)
                .findFirst()
                .orElse(method);
    }

    /** The HTTP methods that a method states. */
    static Set<String> httpMethods(Method annotated) {
        Set<String> found = new TreeSet<>();
        for (Annotation annotation : annotated.getAnnotations()) {
            HttpMethod stated = annotation.annotationType().getAnnotation(HttpMethod.class);
            if (stated != null) {
                found.add(stated.value());
            }
        }
        return found;
    }

    /** The class, its superclasses, then the interfaces of all of them. */
    static List<Class<?>> lineage(Class<?> type) {
        Set<Class<?>> found = new LinkedHashSet<>();
        for (Class<?> level = type; level != null && level != Object.class; level = level.getSuperclass()) {
            found.add(level);
        }
        for (Class<?> level : List.copyOf(found)) {
            addInterfaces(level, found);
        }
        return List.copyOf(found);
    }

    private static void addInterfaces(Class<?> type, Set<Class<?>> found) {
        for (Class<?> implemented : type.getInterfaces()) {
            found.add(implemented);
            addInterfaces(implemented, found);
        }
    }

    private static List<Method> overridden(Method method) {
        List<Method> found = new ArrayList<>(List.of(method));
        for (Class<?> type : lineage(method.getDeclaringClass())) {
            if (type != method.getDeclaringClass()) {
                Arrays.stream(type.getDeclaredMethods())
                        .filter(above -> !above.isBridge() && overrides(method, above))
                        .forEach(found::add);
            }
        }
        return found;
    }

    /** Generic parameters of the method above may have been made concrete below. */
    static boolean overrides(Method method, Method above) {
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

    private static boolean hasAny(Method method) {
        return Stream.concat(Stream.of((AnnotatedElement) method), Stream.of(method.getParameters()))
                .flatMap(element -> Stream.of(element.getAnnotations()))
                .map(Annotation::annotationType)
                .anyMatch(type -> type.getName().startsWith(OWN) || type.isAnnotationPresent(HttpMethod.class));
    }
}
