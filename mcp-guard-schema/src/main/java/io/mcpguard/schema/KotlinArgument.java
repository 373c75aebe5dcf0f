package io.mcpguard.schema;

import java.lang.reflect.Executable;
import java.util.Optional;

/**
 * What Kotlin says of an argument of a method or constructor.
 *
 * @param nullable whether it may be null
 * @param optional whether it has a default value, which Kotlin takes when nothing is given
 * @since 0.1
 */
public record KotlinArgument(boolean nullable, boolean optional) {

    /**
     * Reads an argument.
     *
     * @param declared the method or constructor
     * @param index which of its arguments
     * @return what Kotlin says; empty when this is no Kotlin, or the service is without kotlin-reflect
     */
    public static Optional<KotlinArgument> of(Executable declared, int index) {
        return Kotlin.canRead(declared.getDeclaringClass())
                ? KotlinReflection.argument(declared, index)
                : Optional.empty();
    }

    /**
     * Says whether a call fails that gives nothing for it.
     *
     * @return true when it may neither be null nor be left out
     */
    public boolean demanded() {
        return !nullable && !optional;
    }
}
