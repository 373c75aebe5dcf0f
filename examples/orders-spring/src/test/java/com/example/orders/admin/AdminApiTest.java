package com.example.orders.admin;

import com.example.orders.ServiceTest;
import org.junit.jupiter.api.Test;

class AdminApiTest extends ServiceTest {
    @Test
    void lists_orders_that_somebody_should_look_at() {
        get(carol(), "/api/admin/audit-flags")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$[0].reason")
                .isEqualTo("unusually high total");
        get(bob(), "/api/admin/audit-flags").expectStatus().isForbidden();
    }

    @Test
    void purges_an_order() {
        long id = placeOrder(7, "OFF-1002");

        delete(alice(), "/api/admin/orders/" + id).expectStatus().isForbidden();
        get(alice(), "/api/orders/" + id).expectStatus().isOk();
        delete(carol(), "/api/admin/orders/" + id).expectStatus().isNoContent();
        get(alice(), "/api/orders/" + id).expectStatus().isNotFound();
    }
}
