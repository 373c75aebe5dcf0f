package io.mcpguard.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says to which product the operations of a controller or resource class belong.
 *
 * <p>The annotation publishes nothing by itself; each method that is to be an operation carries {@link McpOperation}. Several
 * classes may name one product; its name and description then stand on one of them.
 *
 * @since 0.1
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface McpProduct {

    /**
     * The product's id.
     *
     * @return 1 to 64 letters, digits, '.', '-' or '_'
     */
    String value();

    /**
     * A name for people.
     *
     * @return the name; empty takes the id
     */
    String name() default "";

    /**
     * What the operations are about.
     *
     * @return a sentence or two, possibly empty
     */
    String description() default "";
}
