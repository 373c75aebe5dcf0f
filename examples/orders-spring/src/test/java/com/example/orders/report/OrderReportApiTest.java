package com.example.orders.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.orders.ServiceTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

class OrderReportApiTest extends ServiceTest {
    @Test
    void sums_up_the_months_of_a_year() {
        get(alice(), "/api/orders/report/monthly?year=2024")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.months.length()")
                .isEqualTo(12)
                .jsonPath("$.months[0].month")
                .isEqualTo(1)
                .jsonPath("$.orders")
                .isEqualTo(ordersOf2024());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?year=1999", "?year=abc"})
    void needs_a_year(String query) {
        get(alice(), "/api/orders/report/monthly" + query).expectStatus().isBadRequest();
    }

    @Test
    void downloads_orders_as_csv() {
        get(alice(), "/api/orders/export.csv?from=2024-01-01&to=2024-01-02")
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentType("text/csv;charset=UTF-8")
                .expectHeader()
                .valueEquals(
                        HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"orders-2024-01-01-2024-01-02.csv\"")
                .expectBody(String.class)
                .value(csv -> assertThat(List.of(csv.split("\r\n")))
                        .hasSize(9)
                        .startsWith("order_id,placed_at,status,customer_id,customer_name,total_eur")
                        .element(1)
                        .asString()
                        .matches("1,2024-01-01T06:00:00Z,DELIVERED,[0-9]+,\"[A-Za-z ]+\",[0-9]+\\.[0-9]{2}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"from=2024-01-01&to=2025-12-31", "from=2024-01-02&to=2024-01-01"})
    void exports_no_more_than_a_year(String query) {
        get(alice(), "/api/orders/export.csv?" + query)
                .expectStatus()
                .isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT)
                .expectHeader()
                .contentType("application/problem+json")
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("to");
    }

    private long ordersOf2024() {
        return database.sql("""
                        select count(*) from orders where status <> 'CANCELLED'
                        and placed_at < timestamp with time zone '2025-01-01 00:00:00Z'
                        """).query(Long.class).single();
    }
}
