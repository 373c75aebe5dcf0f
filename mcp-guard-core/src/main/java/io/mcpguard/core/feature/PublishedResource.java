package io.mcpguard.core.feature;

import io.mcpguard.catalog.Product;
import io.mcpguard.core.catalog.PublishedOperation;
import io.mcpguard.feature.ResourceFeature;
import java.util.Map;
import java.util.Optional;

/**
 * A resource of the service's own, or a template of many.
 *
 * @param feature what the service published
 * @param published the resource as the guard decides on it
 * @param template takes its URI apart
 * @since 0.1
 */
public record PublishedResource(ResourceFeature feature, PublishedOperation published, UriTemplate template) {

    static PublishedResource of(Product product, ResourceFeature feature) {
        return new PublishedResource(
                feature, PublishedOperation.ofFeature(product, feature.operation()), UriTemplate.of(feature.uri()));
    }

    /**
     * Says whether a URI is one of this resource.
     *
     * @param uri a URI as it came in
     * @return the variables, none for a single resource; or empty when the URI is another one
     */
    public Optional<Map<String, String>> match(String uri) {
        return template.match(uri);
    }
}
