package io.mcpguard.catalog;

import java.util.List;

/**
 * Says which operations a service publishes.
 *
 * <p>The guard asks when it starts, on the starting thread, and again when its mount says that the service has changed.
 *
 * <p>Rules for implementers, each with a test in {@code OperationSourceContract}:
 *
 * <ul>
 *   <li><b>OS-1</b> Publishing is opt-in: only what the owner has marked or listed is returned.
 *   <li><b>OS-2</b> No two products and no two operations share an id.
 *   <li><b>OS-3</b> Asking again without a change gives the same answer in the same order.
 *   <li><b>OS-4</b> Every schema is valid JSON Schema 2020-12 with local references only.
 *   <li><b>OS-5</b> A mistake in what the owner wrote is a {@link io.mcpguard.error.ConfigurationException} that names the
 *       place; the guard then refuses to start.
 * </ul>
 *
 * @since 0.1
 */
@FunctionalInterface
public interface OperationSource {

    /**
     * Lists what is published.
     *
     * @return the products with their operations
     * @throws io.mcpguard.error.ConfigurationException when the owner's markings contradict each other
     */
    List<ProductOperations> published();
}
