package io.mcpguard.testkit.contract;

import io.mcpguard.catalog.OperationSource;
import io.mcpguard.catalog.Operations;
import io.mcpguard.catalog.Schema;
import java.util.Map;
import java.util.Set;

/** {@link OperationSourceContract} over the operations that a service of plain servlets lists in code. */
class OperationsInCodeTest extends OperationSourceContract {

    @Override
    protected OperationSource newSource() {
        return Operations.product("orders", "Orders", "Reads and cancels orders.")
                .operation("listOrders", "GET", "/api/orders")
                .query("status", Schema.oneOf("OPEN", "PAID"), "only these")
                .operation("cancelOrder", "POST", "/api/orders/{orderId}/cancel")
                .path("orderId", Schema.integer(1, 100), "number of the order")
                .body(new Schema("{\"$ref\":\"#/$defs/reason\",\"$defs\":{\"reason\":{\"type\":\"object\"}}}"))
                .answers(200, "The order.", new Schema("{\"type\":\"object\"}"))
                .build();
    }

    @Override
    protected Set<String> marked() {
        return Set.of("listOrders", "cancelOrder");
    }

    @Override
    protected Set<String> unmarked() {
        return Set.of("DELETE /api/orders/{orderId}");
    }

    @Override
    protected Map<String, OperationSource> mistaken() {
        return Map.of(
                "operation id same is used twice",
                late(() -> Operations.product("a", "A", "")
                        .operation("same", "GET", "/a")
                        .operation("same", "GET", "/b")
                        .build()),
                "the path names {orderId}",
                late(() -> Operations.product("a", "A", "")
                        .operation("getOrder", "GET", "/api/orders/{orderId}")
                        .build()));
    }

    /** The mistake is found while the list is built, before a guard has asked for it. */
    private static OperationSource late(java.util.function.Supplier<OperationSource> list) {
        return () -> list.get().published();
    }
}
