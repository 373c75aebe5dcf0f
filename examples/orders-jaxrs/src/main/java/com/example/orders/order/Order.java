package com.example.orders.order;

import com.example.orders.customer.Address;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** An order with everything in it. Amounts are in euros; the reason is there when it is cancelled. */
public record Order(
        long id,
        long customerId,
        OrderStatus status,
        Instant placedAt,
        Address shippingAddress,
        List<OrderLine> lines,
        BigDecimal total,
        String cancelReason) {

    /** An order in a list. */
    public record Summary(long id, long customerId, OrderStatus status, Instant placedAt, BigDecimal total) {}

    /** A page of a list; pages count from zero. */
    public record Page(List<Summary> items, int page, int size, int totalItems) {}

    public static Order of(
            long id, long customerId, OrderStatus status, Instant placedAt, Address address, List<OrderLine> lines) {
        BigDecimal total = lines.stream().map(OrderLine::total).reduce(BigDecimal.ZERO, BigDecimal::add);
        return new Order(id, customerId, status, placedAt, address, lines, total, null);
    }

    Summary summary() {
        return new Summary(id, customerId, status, placedAt, total);
    }

    Order cancelled(String reason) {
        return new Order(
                id, customerId, OrderStatus.CANCELLED, placedAt, shippingAddress, lines, total, reason.strip());
    }

    Order sentTo(Address address) {
        return new Order(id, customerId, status, placedAt, address, lines, total, cancelReason);
    }
}
