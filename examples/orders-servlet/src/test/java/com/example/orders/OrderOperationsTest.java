package com.example.orders;

import io.mcpguard.catalog.OperationSource;
import io.mcpguard.catalog.Operations;
import io.mcpguard.testkit.contract.OperationSourceContract;
import java.util.Map;
import java.util.Set;

/** What the service lists keeps the rules of an {@link OperationSource}. */
class OrderOperationsTest extends OperationSourceContract {

    @Override
    protected OperationSource newSource() {
        return OrderOperations.list();
    }

    @Override
    protected Set<String> marked() {
        return Set.of(
                "listOrders",
                "getOrder",
                "placeOrder",
                "cancelOrder",
                "changeShippingAddress",
                "searchCustomers",
                "getCustomer");
    }

    @Override
    protected Set<String> unmarked() {
        return Set.of("GET /health");
    }

    @Override
    protected Map<String, OperationSource> mistaken() {
        return Map.of(
                "the path names {orderId}",
                () -> Operations.product("orders", "Orders", "")
                        .operation("getOrder", "GET", "/api/orders/{orderId}")
                        .build()
                        .published());
    }
}
