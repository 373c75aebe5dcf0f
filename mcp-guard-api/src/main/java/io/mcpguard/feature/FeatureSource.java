package io.mcpguard.feature;

import java.util.List;

/**
 * Says which tools, prompts and resources of its own a service publishes beside its operations.
 *
 * <p>The guard asks when it starts, on the starting thread, and again when it is told that something has changed.
 *
 * <p>Rules for implementers, each with a test in {@code FeatureSourceContract}:
 *
 * <ul>
 *   <li><b>FS-1</b> No two tools, no two prompts and no two resources share a name, and no two resources a URI.
 *   <li><b>FS-2</b> Asking again without a change gives the same features in the same order.
 *   <li><b>FS-3</b> Every schema is valid JSON Schema 2020-12 with local references only, and that of a tool's arguments is of
 *       type object.
 * </ul>
 *
 * @since 0.1
 */
@FunctionalInterface
public interface FeatureSource {

    /**
     * Lists what is published.
     *
     * @return the products with their features
     */
    List<ProductFeatures> published();
}
