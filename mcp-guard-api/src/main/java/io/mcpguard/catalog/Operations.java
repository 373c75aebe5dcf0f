package io.mcpguard.catalog;

import io.mcpguard.error.ConfigurationException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Operations listed in code, for a service whose framework has nothing to read them from.
 *
 * <pre>{@code
 * OperationSource orders = Operations.product("orders", "Orders", "Orders of the shop. Amounts are in euros.")
 *         .operation("getOrder", "GET", "/api/orders/{orderId}")
 *         .title("Get an order")
 *         .description("Reads one order by its number: lines, status and total.")
 *         .path("orderId", Schema.INTEGER, "number of the order")
 *         .operation("placeOrder", "POST", "/api/orders")
 *         .description("Places an order. Every call places another one.")
 *         .body(newOrder)
 *         .answers(201, "The order as placed.")
 *         .build();
 * }</pre>
 *
 * <p>What is not listed is not published, and what is listed is open to nobody until a profile grants it. Everything between one
 * {@code operation} and the next describes that operation. Mistakes are found when {@link ListedOperation#build()} is called, all
 * of them at once. Not safe for use by several threads; the source that it makes is.
 *
 * @since 0.1
 */
public final class Operations {

    private static final String SUBJECT = "The operations listed in code";

    private final List<ListedProduct> products = new ArrayList<>();

    private Operations() {}

    /**
     * Starts the list with a product.
     *
     * @param id id of the product, by which profiles grant it
     * @param name a name for people
     * @param description what its operations are about, in a sentence or two, for a model to choose by
     * @return the product, which takes operations
     */
    public static ListedProduct product(String id, String name, String description) {
        return new Operations().start(id, name, description);
    }

    ListedProduct start(String id, String name, String description) {
        ListedProduct part = new ListedProduct(this, id, name, description);
        products.add(part);
        return part;
    }

    OperationSource finish() {
        List<String> mistakes = new ArrayList<>();
        Set<String> productIds = new HashSet<>();
        Map<String, String> operationIds = new TreeMap<>();
        List<ProductOperations> made = new ArrayList<>();
        for (ListedProduct product : products) {
            if (!productIds.add(product.id())) {
                mistakes.add("product " + product.id() + " is listed twice; list all its operations in one place");
            }
            product.finish(mistakes, operationIds).ifPresent(made::add);
        }
        if (!mistakes.isEmpty()) {
            throw new ConfigurationException(SUBJECT, mistakes);
        }
        List<ProductOperations> published = List.copyOf(made);
        return () -> published;
    }
}
