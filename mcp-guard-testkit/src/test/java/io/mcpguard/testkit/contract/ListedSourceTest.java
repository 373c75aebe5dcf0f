package io.mcpguard.testkit.contract;

import io.mcpguard.catalog.Operation;
import io.mcpguard.catalog.OperationId;
import io.mcpguard.catalog.OperationSource;
import io.mcpguard.catalog.Parameter;
import io.mcpguard.catalog.Product;
import io.mcpguard.catalog.ProductOperations;
import io.mcpguard.catalog.Schema;
import io.mcpguard.error.ConfigurationException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@link OperationSourceContract} over a list in the code. */
class ListedSourceTest extends OperationSourceContract {

    @Override
    protected OperationSource newSource() {
        return () -> List.of(new ProductOperations(
                new Product("orders", "Orders", "Reads orders", "/api/orders"),
                List.of(
                        Operation.builder(new OperationId("listOrders"), "orders", "GET", "/api/orders")
                                .build(),
                        Operation.builder(new OperationId("getOrder"), "orders", "GET", "/api/orders/{orderId}")
                                .parameter(new Parameter(
                                        "orderId",
                                        Parameter.Location.PATH,
                                        true,
                                        new Schema("{\"$ref\":\"#/$defs/id\",\"$defs\":{\"id\":true}}"),
                                        ""))
                                .build())));
    }

    @Override
    protected Set<String> marked() {
        return Set.of("listOrders", "getOrder");
    }

    @Override
    protected Set<String> unmarked() {
        return Set.of("DELETE /api/orders/{orderId}");
    }

    @Override
    protected Map<String, OperationSource> mistaken() {
        return Map.of("Orders#get", () -> {
            throw new ConfigurationException("the operations of the service", "Orders#get has no id");
        });
    }
}
