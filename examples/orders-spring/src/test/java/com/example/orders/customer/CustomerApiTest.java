package com.example.orders.customer;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.orders.ServiceTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;

class CustomerApiTest extends ServiceTest {
    private static final String UPDATE = """
            {"name": "Ada Byron", "email": "ada@example.com", "phone": null, "segment": "BUSINESS", "address": %s}""".formatted(ADDRESS);

    @Test
    void finds_customers_by_words_in_any_order() {
        get(alice(), "/api/customers?q={q}", "weber TESSA")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.length()")
                .isEqualTo(1)
                .jsonPath("$[0].name")
                .isEqualTo("Tessa Weber")
                .jsonPath("$[0].email")
                .doesNotExist();
    }

    @Test
    void finds_customers_in_a_country() {
        get(alice(), "/api/customers?q=a&country=FR&limit=3")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.length()")
                .isEqualTo(3)
                .jsonPath("$[?(@.country != 'FR')]")
                .isEmpty();
    }

    @Test
    void takes_wildcards_and_quotes_for_text() {
        get(alice(), "/api/customers?q={q}", "%' or 1=1 --")
                .expectStatus()
                .isOk()
                .expectBody()
                .json("[]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?q= ", "?q=a&country=fr", "?q=a&limit=101"})
    void refuses_a_search_that_is_not_valid(String query) {
        get(alice(), "/api/customers" + query).expectStatus().isBadRequest();
    }

    @Test
    void shows_a_customer_to_support_and_administrators_only() {
        get(bob(), "/api/customers/8")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.email")
                .isNotEmpty();
        get(carol(), "/api/customers/8").expectStatus().isOk();
        get(alice(), "/api/customers/8")
                .expectStatus()
                .isForbidden()
                .expectBody()
                .jsonPath("$.email")
                .doesNotExist();
        get(dave(), "/api/customers/8").expectStatus().isForbidden();
    }

    @Test
    void knows_no_customer_99999() {
        get(bob(), "/api/customers/99999").expectStatus().isNotFound();
    }

    @Test
    void updates_a_customer() {
        put(bob(), "/api/customers/9", UPDATE)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.name")
                .isEqualTo("Ada Byron")
                .jsonPath("$.phone")
                .isEqualTo(null);

        get(bob(), "/api/customers/9").expectBody().jsonPath("$.segment").isEqualTo("BUSINESS");
    }

    @Test
    void names_the_wrong_field_of_an_update() {
        put(bob(), "/api/customers/10", UPDATE.replace("ada@example.com", "ada"))
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("email");
    }

    @Test
    void ordinary_users_update_nobody() {
        put(alice(), "/api/customers/11", UPDATE).expectStatus().isForbidden();

        assertThat(nameOf(11)).isNotEqualTo("Ada Byron");
    }

    @Test
    void anonymizes_a_customer_for_good() {
        long id = customerWithoutOpenOrders();

        delete(carol(), "/api/customers/" + id)
                .expectStatus()
                .isNoContent()
                .expectBody()
                .isEmpty();

        get(bob(), "/api/customers/" + id)
                .expectBody()
                .jsonPath("$.name")
                .isEqualTo("Anonymized customer " + id)
                .jsonPath("$.anonymizedAt")
                .isNotEmpty();
        put(bob(), "/api/customers/" + id, UPDATE).expectStatus().isEqualTo(HttpStatus.CONFLICT);
        post(alice(), "/api/orders", newOrder(id, "BOO-1001", 1))
                .expectStatus()
                .isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT);
    }

    @Test
    void only_administrators_anonymize() {
        long id = customerWithoutOpenOrders();
        String name = nameOf(id);

        delete(bob(), "/api/customers/" + id).expectStatus().isForbidden();
        delete(alice(), "/api/customers/" + id).expectStatus().isForbidden();

        assertThat(nameOf(id)).isEqualTo(name);
    }

    @Test
    void keeps_a_customer_who_waits_for_an_order() {
        placeOrder(12, "TOY-1001");

        delete(carol(), "/api/customers/12").expectStatus().isEqualTo(HttpStatus.CONFLICT);

        assertThat(nameOf(12)).doesNotStartWith("Anonymized");
    }

    private long customerWithoutOpenOrders() {
        return database.sql("""
                        select min(id) from customer where anonymized_at is null and id not in
                        (select customer_id from orders where status in ('NEW', 'PAID', 'SHIPPED'))
                        """).query(Long.class).single();
    }

    private String nameOf(long customerId) {
        return database.sql("select name from customer where id = :id")
                .param("id", customerId)
                .query(String.class)
                .single();
    }
}
