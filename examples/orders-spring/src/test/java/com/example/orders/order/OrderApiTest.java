package com.example.orders.order;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.orders.ServiceTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

class OrderApiTest extends ServiceTest {
    @Test
    void lists_a_filtered_and_sorted_page() {
        String uri = "/api/orders?status=DELIVERED&placedFrom=2024-03-01&placedTo=2024-03-31&sort=OLDEST&page=1&size=5";

        get(alice(), uri)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.items.length()")
                .isEqualTo(5)
                .jsonPath(
                        "$.items[?(@.status != 'DELIVERED' || @.placedAt < '2024-03-01' || @.placedAt >= '2024-04-01')]")
                .isEmpty()
                .jsonPath("$.items[0].id")
                .isEqualTo(252)
                .jsonPath("$.page")
                .isEqualTo(1)
                .jsonPath("$.totalItems")
                .isEqualTo(ordersDeliveredInMarch());
    }

    @Test
    void lists_the_orders_of_a_customer() {
        get(alice(), "/api/orders?customerId=7&size=100")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.items[0].customerId")
                .isEqualTo(7)
                .jsonPath("$.items[?(@.customerId != 7)]")
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "size=101, must be less than or equal to 100",
        "page=-1, must be greater than or equal to 0",
    })
    void names_the_parameter_that_is_out_of_range(String query, String message) {
        get(alice(), "/api/orders?" + query)
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo(query.substring(0, query.indexOf('=')))
                .jsonPath("$.errors[0].message")
                .isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource({
        "status, LOST",
        "placedFrom, 11/1/25",
        "placedTo, +999999999-12-31",
        "placedTo, 2025-02-30",
        "sort, total"
    })
    void refuses_values_of_another_type(String parameter, String value) {
        get(alice(), "/api/orders?" + parameter + "={value}", value)
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.instance")
                .isEqualTo("/api/orders");
    }

    @Test
    void reads_an_order() {
        get(alice(), "/api/orders/20")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.placedAt")
                .isEqualTo("2024-01-05T20:50:00Z")
                .jsonPath("$.deliverBy")
                .isEqualTo("2024-01-12")
                .jsonPath("$.shippingAddress.country")
                .isNotEmpty()
                .jsonPath("$.lines[0].sku")
                .isNotEmpty()
                .jsonPath("$.attributes.channel")
                .isEqualTo("web");
    }

    @Test
    void knows_no_order_999999() {
        get(alice(), "/api/orders/999999")
                .expectStatus()
                .isNotFound()
                .expectHeader()
                .contentType("application/problem+json")
                .expectBody()
                .jsonPath("$.detail")
                .isEqualTo("There is no order 999999.");
    }

    @Test
    void places_an_order_and_takes_it_from_the_stock() {
        int before = onHand("GAR-1010");

        long id = placeOrder(7, "GAR-1010");

        assertThat(onHand("GAR-1010")).isEqualTo(before - 2);
        get(alice(), "/api/orders/" + id)
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo("NEW")
                .jsonPath("$.lines[0].quantity")
                .isEqualTo(2)
                .jsonPath("$.attributes.channel")
                .isEqualTo("web");
    }

    @Test
    void names_every_wrong_field_of_an_order() {
        String order = """
                {"shippingAddress": {"street": "", "city": "Berlin", "postalCode": "10115", "country": "de"},
                 "lines": [{"sku": "nope", "quantity": 0}], "attributes": {"Channel": ""}}""";

        post(alice(), "/api/orders", order)
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[*].field")
                .value(fields -> assertThat(fields)
                        .asList()
                        .contains(
                                "customerId",
                                "lines[0].quantity",
                                "lines[0].sku",
                                "shippingAddress.country",
                                "shippingAddress.street"));
    }

    @Test
    void refuses_malformed_json() {
        post(alice(), "/api/orders", "{nope").expectStatus().isBadRequest();
    }

    @ParameterizedTest
    @CsvSource({"99999, GAR-1011, customerId", "7, ZZZ-0000, lines[0].sku"})
    void refuses_an_order_that_refers_to_nothing(long customerId, String sku, String field) {
        post(alice(), "/api/orders", newOrder(customerId, sku, 1))
                .expectStatus()
                .isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT)
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo(field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-01-01", "9999-01-01"})
    void refuses_a_delivery_in_the_past_or_in_years(String day) {
        String order = newOrder(7, "GAR-1011", 1).replaceFirst("\\{", "{\"deliverBy\": \"" + day + "\", ");

        post(alice(), "/api/orders", order).expectStatus().isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT);
    }

    @Test
    void refuses_more_than_there_is_and_takes_nothing() {
        setOnHand("GAR-1012", 2);

        post(alice(), "/api/orders", newOrder(7, "GAR-1012", 3))
                .expectStatus()
                .isEqualTo(HttpStatus.CONFLICT)
                .expectBody()
                .jsonPath("$.detail")
                .isEqualTo("Only 2 of GAR-1012 are on hand.");

        assertThat(onHand("GAR-1012")).isEqualTo(2);
    }

    @Test
    void cancels_an_order_once_and_puts_it_back() {
        setOnHand("GAR-1013", 50);
        long id = placeOrder(7, "GAR-1013");
        String reason = "{\"reason\": \"Ordered twice\"}";

        post(alice(), "/api/orders/" + id + "/cancel", reason)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo("CANCELLED")
                .jsonPath("$.cancelReason")
                .isEqualTo("Ordered twice");
        post(alice(), "/api/orders/" + id + "/cancel", reason).expectStatus().isEqualTo(HttpStatus.CONFLICT);

        assertThat(onHand("GAR-1013")).isEqualTo(50);
    }

    @Test
    void cannot_cancel_what_has_shipped() {
        post(alice(), "/api/orders/2999/cancel", "{\"reason\": \"Too late\"}")
                .expectStatus()
                .isEqualTo(HttpStatus.CONFLICT)
                .expectBody()
                .jsonPath("$.detail")
                .isEqualTo("Order 2999 is SHIPPED and cannot be changed.");
    }

    @Test
    void sends_an_open_order_elsewhere() {
        long id = placeOrder(7, "GAR-1010");
        String address = ADDRESS.replace("Berlin", "Bremen");

        put(alice(), "/api/orders/" + id + "/shipping-address", address)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.shippingAddress.city")
                .isEqualTo("Bremen");
        put(alice(), "/api/orders/2999/shipping-address", address)
                .expectStatus()
                .isEqualTo(HttpStatus.CONFLICT);
    }

    @Test
    void answers_where_a_new_order_is() {
        post(alice(), "/api/orders", newOrder(7, "GAR-1010", 1))
                .expectStatus()
                .isCreated()
                .expectHeader()
                .valueMatches(HttpHeaders.LOCATION, "/api/orders/[0-9]+");
    }

    private long ordersDeliveredInMarch() {
        return database.sql("""
                        select count(*) from orders where status = 'DELIVERED'
                        and placed_at >= timestamp with time zone '2024-03-01 00:00:00Z'
                        and placed_at < timestamp with time zone '2024-04-01 00:00:00Z'
                        """).query(Long.class).single();
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
