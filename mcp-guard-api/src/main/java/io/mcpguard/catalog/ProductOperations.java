package io.mcpguard.catalog;

import java.util.List;
import java.util.Objects;

/**
 * A product together with its operations.
 *
 * @param product the product
 * @param operations its operations, each of which names this product
 * @since 0.1
 */
public record ProductOperations(Product product, List<Operation> operations) {
    public ProductOperations {
        Objects.requireNonNull(product, "product");
        operations = List.copyOf(operations);
        for (Operation operation : operations) {
            if (!operation.product().equals(product.id())) {
                throw new IllegalArgumentException(operation + " does not belong to product " + product.id());
            }
        }
    }
}
