package io.mcpguard.spring.mvc;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.catalog.OperationSource;
import io.mcpguard.core.catalog.Catalog;
import io.mcpguard.spring.orders.Documented.CustomerController;
import io.mcpguard.spring.orders.Mistakes.FirstTwin;
import io.mcpguard.spring.orders.Mistakes.NoProduct;
import io.mcpguard.spring.orders.Mistakes.SecondTwin;
import io.mcpguard.spring.orders.Orders.OrderController;
import io.mcpguard.testkit.contract.OperationSourceContract;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MvcOperationSourceContractTest extends OperationSourceContract {

    @Override
    protected OperationSource newSource() {
        return () -> Discovery.of(OrderController.class, CustomerController.class);
    }

    @Override
    protected Set<String> marked() {
        return Set.of(
                "getOrder",
                "listOrders",
                "create-order",
                "replaceUnchecked",
                "bean",
                "deleteOrder",
                "export",
                "label",
                "search",
                "paged",
                "read",
                "create",
                "list");
    }

    @Override
    protected Set<String> unmarked() {
        return Set.of("GET /api/orders/internal");
    }

    @Override
    protected Map<String, OperationSource> mistaken() {
        return Map.of(
                "NoProduct.lost()", () -> Discovery.of(NoProduct.class),
                "FirstTwin.twin()", () -> Discovery.of(FirstTwin.class, SecondTwin.class));
    }

    @Test
    void the_guard_compiles_every_schema() {
        Catalog catalog = Catalog.of(newSource().published());

        assertThat(catalog.operations()).hasSize(marked().size());
        assertThat(catalog.match("GET", "/api/orders/7")).isPresent();
    }
}
