package com.example.orders.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.example.orders.ServiceTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class RequestLogFilterTest extends ServiceTest {
    @ParameterizedTest
    @ValueSource(strings = {"/api/orders/1", "/api/orders/999999", "/api/orders/report/monthly?year=2024"})
    void stamps_every_answer(String path) {
        get(alice(), path).expectHeader().valueMatches(RequestLogFilter.HEADER, "[0-9a-f-]{36}");
        get(anonymous(), path).expectHeader().valueMatches(RequestLogFilter.HEADER, "[0-9a-f-]{36}");
    }

    @Test
    void keeps_the_id_of_the_caller_when_it_is_acceptable() {
        alice().get()
                .uri("/api/orders/1")
                .header(RequestLogFilter.HEADER, "trace-4711")
                .exchange()
                .expectHeader()
                .valueEquals(RequestLogFilter.HEADER, "trace-4711");
        alice().get()
                .uri("/api/orders/1")
                .header(RequestLogFilter.HEADER, "no spaces please")
                .exchange()
                .expectHeader()
                .valueMatches(RequestLogFilter.HEADER, "[0-9a-f-]{36}");
    }

    @Test
    void writes_one_access_line_with_the_caller(CapturedOutput output) {
        alice().get()
                .uri("/api/orders/report/monthly?year=2025")
                .header(RequestLogFilter.HEADER, "slow-report-1")
                .exchange()
                .expectStatus()
                .isOk();

        // The line is written when the answer has left already.
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(output.getOut().lines().filter(line -> line.contains("slow-report-1")))
                        .singleElement()
                        .asString()
                        .contains("[slow-report-1 alice]", "GET /api/orders/report/monthly 200"));
    }
}
