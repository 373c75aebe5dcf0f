package com.example.orders;

import com.example.orders.order.Order;
import io.mcpguard.testkit.parity.Parity;
import io.mcpguard.testkit.parity.ParityCall;
import io.mcpguard.testkit.parity.ParityTest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The one test that a service adds: REST and MCP are the same, for each caller and each operation. */
class OrdersParityTest extends ParityTest {

    private static final String ADDRESS =
            "{\"street\": \"Main Street 1\", \"city\": \"Berlin\", \"postalCode\": \"10115\", \"country\": \"DE\"}";

    @TempDir
    static Path folder;

    private static RunningService service;
    private static List<Order> before;

    @BeforeAll
    static void start() throws Exception {
        service = new RunningService(folder, true);
        before = List.of(
                service.server().orders().read(2995), service.server().orders().read(2902));
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
    }

    @Override
    protected Parity parity() {
        Parity parity = Parity.of(service.uri())
                .trail(service::trail)
                .limits(service.meter())
                .reset(operation -> before.forEach(service.server().orders()::restore))
                .call(ParityCall.of("listOrders").query("status", "PAID").query("size", 3))
                .call(ParityCall.of("getOrder").path("orderId", 7))
                .call(ParityCall.of("getOrder").named("unknown").path("orderId", 9_999_999))
                .call(ParityCall.of("placeOrder").body(order(7, "TOY-1002")))
                .call(ParityCall.of("placeOrder").named("unknown item").body(order(7, "TOY-9999")))
                .call(ParityCall.of("cancelOrder").path("orderId", 2995).body("{\"reason\": \"Ordered twice\"}"))
                .call(ParityCall.of("cancelOrder")
                        .named("delivered")
                        .path("orderId", 7)
                        .body("{\"reason\": \"Too late\"}"))
                .call(ParityCall.of("changeShippingAddress")
                        .path("orderId", 2902)
                        .body(ADDRESS))
                .call(ParityCall.of("searchCustomers").query("q", "berg hamburg"))
                .ignoring("placeOrder", "/id", "/placedAt");
        service.callers().forEach(parity::caller);
        return parity;
    }

    private static String order(int customer, String sku) {
        return "{\"customerId\": %d, \"shippingAddress\": %s, \"lines\": [{\"sku\": \"%s\", \"quantity\": 2}]}"
                .formatted(customer, ADDRESS, sku);
    }
}
