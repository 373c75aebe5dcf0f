package io.mcpguard.catalog;

import java.util.Objects;

/**
 * A named group of operations that are offered together. MCP clients see it as a collection.
 *
 * @param id 1 to 64 letters, digits, '.', '-' or '_'; case-sensitive and unique in a service
 * @param name a name for people
 * @param description what the operations are about, in a sentence or two
 * @param basePath the path its operations have in common, such as {@code /api/orders}
 * @since 0.1
 */
public record Product(String id, String name, String description, String basePath) {
    public Product {
        OperationId.check(id, "a product id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(basePath, "basePath");
    }
}
