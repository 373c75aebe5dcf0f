package io.mcpguard.jaxrs.resource;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A method that answers requests.
 *
 * @param resource the class it is called on
 * @param method the method
 */
record ResourceMethod(Class<?> resource, Method method) {

    /** Names it the way its owner would look for it. */
    String name() {
        return resource.getSimpleName() + "." + method.getName() + "("
                + Arrays.stream(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(", "))
                + ")";
    }

    /** Whether this is what JAX-RS has chosen, which may name the class by its proxy and the method by its interface. */
    boolean isSame(Class<?> chosenResource, Method chosen) {
        return (resource.isAssignableFrom(chosenResource) || chosenResource.isAssignableFrom(resource))
                && (chosen.equals(method)
                        || ResourceAnnotations.overrides(method, chosen)
                        || ResourceAnnotations.overrides(chosen, method));
    }
}
