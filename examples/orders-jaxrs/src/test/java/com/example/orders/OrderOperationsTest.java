package com.example.orders;

import com.example.orders.customer.CustomerResource;
import com.example.orders.order.OrderResource;
import io.mcpguard.annotation.McpOperation;
import io.mcpguard.catalog.OperationSource;
import io.mcpguard.jaxrs.resource.JaxrsOperationSource;
import io.mcpguard.testkit.contract.OperationSourceContract;
import java.util.Map;
import java.util.Set;

/** What the service annotates keeps the rules of an {@link OperationSource}. */
class OrderOperationsTest extends OperationSourceContract {

    @Override
    protected OperationSource newSource() {
        JaxrsOperationSource source = JaxrsOperationSource.of(OrderResource.class, CustomerResource.class)
                .basePath("/api")
                .build();
        source.check();
        return source;
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
        return Map.of("Unmapped.lost()", JaxrsOperationSource.of(Unmapped.class).build());
    }

    /** Answers no request. */
    static final class Unmapped {
        @McpOperation
        public String lost() {
            return "";
        }
    }
}
