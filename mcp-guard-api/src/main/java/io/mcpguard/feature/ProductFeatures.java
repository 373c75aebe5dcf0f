package io.mcpguard.feature;

import io.mcpguard.catalog.Product;
import java.util.List;
import java.util.Objects;

/**
 * A product together with features of the service's own. The product may have operations too.
 *
 * @param product the product
 * @param features its features, each of which names this product
 * @since 0.1
 */
public record ProductFeatures(Product product, List<Feature> features) {
    public ProductFeatures {
        Objects.requireNonNull(product, "product");
        features = List.copyOf(features);
        for (Feature feature : features) {
            if (!feature.operation().product().equals(product.id())) {
                throw new IllegalArgumentException(feature + " does not belong to product " + product.id());
            }
        }
    }
}
