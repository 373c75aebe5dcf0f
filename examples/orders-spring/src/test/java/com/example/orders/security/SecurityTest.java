package com.example.orders.security;

import com.example.orders.ServiceTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;

class SecurityTest extends ServiceTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/orders",
                "/api/orders/1",
                "/api/orders/report/monthly?year=2024",
                "/api/orders/export.csv?from=2024-01-01&to=2024-01-02",
                "/api/customers?q=a",
                "/api/customers/1",
                "/api/inventory",
                "/api/inventory/BOO-1001",
                "/api/admin/audit-flags",
                "/actuator/env",
                "/somewhere/else"
            })
    void asks_who_is_there(String path) {
        get(anonymous(), path)
                .expectStatus()
                .isUnauthorized()
                .expectHeader()
                .valueEquals(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"orders\"")
                .expectHeader()
                .contentType("application/problem+json")
                .expectBody()
                .jsonPath("$.title")
                .isEqualTo("Unauthorized");
    }

    @Test
    void refuses_a_wrong_password() {
        get(as("carol", "guess"), "/api/orders").expectStatus().isUnauthorized();
        get(as("nobody", "guess"), "/api/orders").expectStatus().isUnauthorized();
    }

    @Test
    void developers_place_no_orders() {
        post(dave(), "/api/orders", newOrder(7, "BOO-1001", 1))
                .expectStatus()
                .isForbidden()
                .expectBody()
                .jsonPath("$.detail")
                .isEqualTo("You may not do this.");
        get(dave(), "/api/orders").expectStatus().isOk();
    }

    @Test
    void opens_nothing_that_no_rule_mentions() {
        get(anonymous(), "/somewhere/else").expectStatus().isUnauthorized();
        post(carol(), "/api/somewhere/else", "{}").expectStatus().isForbidden();
    }

    @Test
    void tells_everybody_whether_it_is_well() {
        get(anonymous(), "/actuator/health")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo("UP")
                .jsonPath("$.components")
                .doesNotExist();
    }

    @Test
    void starts_no_session() {
        get(alice(), "/api/orders").expectHeader().doesNotExist(HttpHeaders.SET_COOKIE);
    }
}
