package com.example.orders.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.orders.ServiceTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

class InventoryApiTest extends ServiceTest {
    @Test
    void lists_a_shelf() {
        get(alice(), "/api/inventory?category=TOYS")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.length()")
                .isEqualTo(24)
                .jsonPath("$[0].sku")
                .isEqualTo("TOY-1001");
    }

    @Test
    void lists_what_runs_low() {
        get(alice(), "/api/inventory?lowStock=true")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$[0].onHand")
                .isNotEmpty()
                .jsonPath("$[?(@.onHand >= @.reorderLevel)]")
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"?category=CARS, 400", "/BOO-9999, 404", "/book, 400"})
    void refuses_what_is_not_there(String path, int status) {
        get(alice(), "/api/inventory" + path).expectStatus().isEqualTo(status);
    }

    @Test
    void changes_the_version_that_the_caller_has_read() {
        setOnHand("KIT-1001", 10);
        String etag = etagOf("KIT-1001");

        change(dave(), "KIT-1001", etag, "{\"delta\": -4, \"unitPrice\": 12.50, \"reason\": \"Counted\"}")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.onHand")
                .isEqualTo(6)
                .jsonPath("$.unitPrice")
                .isEqualTo(12.50);
        change(dave(), "KIT-1001", etag, "{\"delta\": -4, \"reason\": \"Counted again\"}")
                .expectStatus()
                .isEqualTo(HttpStatus.PRECONDITION_FAILED);

        assertThat(onHand("KIT-1001")).isEqualTo(6);
    }

    @Test
    void never_falls_below_zero() {
        setOnHand("KIT-1002", 3);

        change(carol(), "KIT-1002", etagOf("KIT-1002"), "{\"delta\": -4, \"reason\": \"Counted\"}")
                .expectStatus()
                .isEqualTo(HttpStatus.CONFLICT);

        assertThat(onHand("KIT-1002")).isEqualTo(3);
    }

    @Test
    void needs_the_version() {
        change(carol(), "KIT-1003", null, "{\"delta\": 1, \"reason\": \"Counted\"}")
                .expectStatus()
                .isEqualTo(HttpStatus.PRECONDITION_REQUIRED);
        change(carol(), "KIT-1003", "1", "{\"delta\": 1, \"reason\": \"Counted\"}")
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("If-Match");
    }

    @Test
    void needs_something_to_change_and_a_reason() {
        change(carol(), "KIT-1003", etagOf("KIT-1003"), "{\"reason\": \"Counted\"}")
                .expectStatus()
                .isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT);
        change(carol(), "KIT-1003", etagOf("KIT-1003"), "{\"delta\": 1}")
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("reason");
    }

    @Test
    void users_and_support_change_no_stock() {
        setOnHand("KIT-1004", 10);
        String etag = etagOf("KIT-1004");

        change(alice(), "KIT-1004", etag, "{\"delta\": 1, \"reason\": \"Mine\"}")
                .expectStatus()
                .isForbidden();
        change(bob(), "KIT-1004", etag, "{\"delta\": 1, \"reason\": \"Mine\"}")
                .expectStatus()
                .isForbidden();

        assertThat(onHand("KIT-1004")).isEqualTo(10);
    }

    private String etagOf(String sku) {
        return get(alice(), "/api/inventory/" + sku)
                .expectStatus()
                .isOk()
                .returnResult(String.class)
                .getResponseHeaders()
                .getETag();
    }

    private static ResponseSpec change(RestTestClient caller, String sku, String etag, String json) {
        return caller.patch()
                .uri("/api/inventory/" + sku)
                .headers(headers -> {
                    if (etag != null) {
                        headers.set(HttpHeaders.IF_MATCH, etag);
                    }
                })
                .header(HttpHeaders.CONTENT_TYPE, "application/json")
                .body(json)
                .exchange();
    }

    private int onHand(String sku) {
        return database.sql("select on_hand from stock_item where sku = :sku")
                .param("sku", sku)
                .query(Integer.class)
                .single();
    }

    private void setOnHand(String sku, int quantity) {
        database.sql("update stock_item set on_hand = :quantity where sku = :sku")
                .param("sku", sku)
                .param("quantity", quantity)
                .update();
    }
}
