package com.example.orders.report;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Orders as CSV (RFC 4180). */
final class OrdersCsv {
    private static final String HEADER = "order_id,placed_at,status,customer_id,customer_name,total_eur\r\n";

    private OrdersCsv() {}

    static String of(List<ExportedOrder> orders) {
        return orders.stream().map(OrdersCsv::line).collect(Collectors.joining("", HEADER, ""));
    }

    private static String line(ExportedOrder order) {
        return Stream.of(
                        order.orderId(),
                        order.placedAt(),
                        order.status(),
                        order.customerId(),
                        text(order.customerName()),
                        order.total())
                .map(Object::toString)
                .collect(Collectors.joining(",", "", "\r\n"));
    }

    /** Quotes a text, and stops a spreadsheet from taking it for a formula. */
    private static String text(String value) {
        boolean formula = !value.isEmpty() && "=+-@\t\r".indexOf(value.charAt(0)) >= 0;
        return '"' + (formula ? "'" : "") + value.replace("\"", "\"\"") + '"';
    }
}
