package com.example.orders.report;

import com.example.orders.problem.ApiProblem;
import com.example.orders.problem.FieldProblem;
import io.mcpguard.annotation.McpOperation;
import io.mcpguard.annotation.McpProduct;
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
@McpProduct("orders")
class OrderReportController {
    private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);
    private static final int MAX_DAYS = 366;

    private final OrderReports reports;

    OrderReportController(OrderReports reports) {
        this.reports = reports;
    }

    /** Slow, and therefore not on a container thread. */
    @McpOperation(
            id = "getMonthlyReport",
            title = "Monthly revenue",
            description = "Counts orders and sums their revenue in euros for each month of a year, without "
                    + "cancelled ones. Takes a second or two. Use it for totals over time instead of adding "
                    + "up what listOrders shows.")
    @GetMapping("/report/monthly")
    Callable<MonthlyReport> monthly(@RequestParam @Min(2000) @Max(2100) int year) {
        return () -> reports.monthly(year);
    }

    @McpOperation(
            id = "exportOrders",
            title = "Export orders as CSV",
            description = "Exports the orders placed between two days (ISO dates, both included, a year at "
                    + "most) as a CSV file. Use it only when somebody wants the file; it is long. "
                    + "listOrders answers questions.")
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
