package io.mcpguard.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Publishes a controller or resource method as an operation that AI clients may be granted.
 *
 * <p>The class must carry {@link McpProduct}. Publishing grants nothing: a profile must open the operation.
 *
 * @since 0.1
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface McpOperation {

    /** A hint that may be left to what the HTTP method implies. */
    enum Hint {
        /** As the HTTP method implies. */
        BY_METHOD,
        /** Stated to hold. */
        YES,
        /** Stated not to hold. */
        NO
    }

    /**
     * The operation's id, unique in the service.
     *
     * @return 1 to 64 letters, digits, '.', '-' or '_'; empty takes the method's name
     */
    String id() default "";

    /**
     * A short name for people.
     *
     * @return the title; empty takes the id
     */
    String title() default "";

    /**
     * What the operation does, for a model to choose by.
     *
     * @return a sentence or more; empty takes what other annotations of the method say
     */
    String description() default "";

    /**
     * Whether it changes nothing. Profiles can open operations by it, so it must be true.
     *
     * @return the hint
     */
    Hint readOnly() default Hint.BY_METHOD;

    /**
     * Whether it may delete or overwrite.
     *
     * @return the hint
     */
    Hint destructive() default Hint.BY_METHOD;

    /**
     * Whether calling it again with the same arguments has no further effect.
     *
     * @return the hint
     */
    Hint idempotent() default Hint.BY_METHOD;

    /**
     * The scopes a caller needs. A caller whose token lacks one is told so and may come back with it.
     *
     * @return scopes as the service's authorization server names them
     */
    String[] scopes() default {};

    /**
     * Words by which profiles can open or close the operation together with others. Callers do not see them.
     *
     * @return 1 to 64 letters, digits, '.', '-' or '_' each
     */
    String[] tags() default {};
}
