package com.example.orders.report;

import com.example.orders.problem.ApiProblem;
import com.example.orders.problem.FieldProblem;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/orders")
class OrderReportController {
    private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);
    private static final int MAX_DAYS = 366;

    private final OrderReports reports;

    OrderReportController(OrderReports reports) {
        this.reports = reports;
    }

    /** Slow, and therefore not on a container thread. */
    @GetMapping("/report/monthly")
    Callable<MonthlyReport> monthly(@RequestParam @Min(2000) @Max(2100) int year) {
        return () -> reports.monthly(year);
    }

    @GetMapping(path = "/export.csv", produces = "text/csv")
    ResponseEntity<String> export(@RequestParam LocalDate from, @RequestParam LocalDate to) {
        if (to.isBefore(from) || ChronoUnit.DAYS.between(from, to) > MAX_DAYS) {
            throw ApiProblem.unprocessable(
                    "The export covers a year at most.",
                    new FieldProblem("to", "must lie between 0 and " + MAX_DAYS + " days after from"));
        }
        String fileName = "orders-%s-%s.csv".formatted(from, to);
        return ResponseEntity.ok()
                .contentType(CSV)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(fileName)
                                .build()
                                .toString())
                .body(OrdersCsv.of(reports.placedBetween(from, to)));
    }
}
