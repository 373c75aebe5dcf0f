package io.mcpguard.schema;

import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Optional;

/**
 * Which classes were written in Kotlin, and whether what Kotlin knows of them can be read.
 *
 * <p>By names alone, since a service in Java has none of Kotlin's classes. What goes further than this is in classes that are
 * loaded only where {@link #canRead} says so.
 */
final class Kotlin {

    private static final String METADATA = "kotlin.Metadata";
    private static final String INLINE = "kotlin.jvm.JvmInline";

    /** A class of kotlin-reflect, which Spring and Jackson need in a service in Kotlin too. */
    private static final boolean REFLECTION = isThere("kotlin.reflect.full.KClasses");

    private Kotlin() {}

    /** Whether anything of Kotlin can be read in this service. */
    static boolean canRead() {
        return REFLECTION;
    }

    /** Whether a class was written in Kotlin, and its nullness and defaults can be read. */
    static boolean canRead(Class<?> type) {
        return REFLECTION && carries(type, METADATA);
    }

    /** What a value class holds, which stands for it in JSON. */
    static Optional<Type> heldBy(Class<?> type) {
        if (!carries(type, INLINE)) {
            return Optional.empty();
        }
        return Arrays.stream(type.getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                .map(Field::getGenericType)
                .findFirst();
    }

    private static boolean carries(Class<?> type, String annotation) {
        return Arrays.stream(type.getAnnotations())
                .map(Annotation::annotationType)
                .anyMatch(carried -> carried.getName().equals(annotation));
    }

    private static boolean isThere(String className) {
        try {
            Class.forName(className, false, Kotlin.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
