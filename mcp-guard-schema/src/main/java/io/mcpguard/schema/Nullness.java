package io.mcpguard.schema;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.NonNull;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/** Whether code says that something may be null. */
enum Nullness {
    NULLABLE,
    NON_NULL,
    UNSPECIFIED;

    static Nullness of(Field field) {
        return of(field, field, field.getAnnotatedType());
    }

    static Nullness ofResult(Method method) {
        return of(method, method, method.getAnnotatedReturnType());
    }

    /**
     * Says whether what a container holds may be null.
     *
     * @param container the field or method whose value is the container
     * @param depth 1 for what it holds, 2 for what those hold, and so on
     * @param content annotations of the type argument
     */
    static Nullness ofContent(Member container, int depth, AnnotatedElement content) {
        if (carries(content, "Nullable")) {
            return NULLABLE;
        }
        return Kotlin.canRead(container.getDeclaringClass()) ? KotlinReflection.of(container, depth) : UNSPECIFIED;
    }

    private static Nullness of(AnnotatedElement element, Member member, AnnotatedType type) {
        if (type.getType() instanceof Class<?> raw && raw.isPrimitive()) {
            return raw == void.class ? UNSPECIFIED : NON_NULL;
        }
        // By simple name, as the annotation of every library is called so.
        if (carries(element, "Nullable") || type.isAnnotationPresent(Nullable.class)) {
            return NULLABLE;
        }
        if (type.isAnnotationPresent(NonNull.class)) {
            return NON_NULL;
        }
        if (Kotlin.canRead(member.getDeclaringClass())) {
            return KotlinReflection.of(member, 0);
        }
        boolean open = type.getType() instanceof TypeVariable<?> || !isMarked(element, member);
        return open ? UNSPECIFIED : NON_NULL;
    }

    private static boolean carries(AnnotatedElement element, String name) {
        return Arrays.stream(element.getAnnotations())
                .map(Annotation::annotationType)
                .anyMatch(type -> type.getSimpleName().equals(name));
    }

    private static boolean isMarked(AnnotatedElement element, Member member) {
        Class<?> type = member.getDeclaringClass();
        for (AnnotatedElement scope : List.of(element, type)) {
            if (isStated(scope)) {
                return scope.isAnnotationPresent(NullMarked.class);
            }
        }
        for (Class<?> outer = type.getEnclosingClass(); outer != null; outer = outer.getEnclosingClass()) {
            if (isStated(outer)) {
                return outer.isAnnotationPresent(NullMarked.class);
            }
        }
        Package home = type.getPackage();
        if (home != null && isStated(home)) {
            return home.isAnnotationPresent(NullMarked.class);
        }
        return type.getModule().isAnnotationPresent(NullMarked.class);
    }

    private static boolean isStated(AnnotatedElement scope) {
        return scope.isAnnotationPresent(NullMarked.class) || scope.isAnnotationPresent(NullUnmarked.class);
    }
}
