package com.example.orders.order;

import com.example.orders.customer.Address;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An order with everything in it. Amounts are in euros. */
public record OrderDetails(
        long id,
        long customerId,
        OrderStatus status,
        Instant placedAt,
        @Nullable LocalDate deliverBy,
        Address shippingAddress,
        List<OrderLine> lines,
        Map<String, String> attributes,
        BigDecimal total,
        @Nullable String cancelReason) {

    static OrderDetails of(Order order) {
        Map<String, String> attributes = new TreeMap<>();
        order.attributes().forEach((name, attribute) -> attributes.put(name, attribute.text()));
        return new OrderDetails(
                Objects.requireNonNull(order.id(), "only stored orders are shown"),
                order.customerId(),
                order.status(),
                order.placedAt(),
                order.deliverBy(),
                order.shippingAddress(),
                order.lines(),
                attributes,
                order.total(),
                order.cancelReason());
    }
}
