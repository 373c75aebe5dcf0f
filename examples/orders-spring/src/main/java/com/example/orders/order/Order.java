package com.example.orders.order;

import com.example.orders.customer.Address;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.relational.core.mapping.Embedded;
import org.springframework.data.relational.core.mapping.Embedded.OnEmpty;
import org.springframework.data.relational.core.mapping.MappedCollection;
import org.springframework.data.relational.core.mapping.Table;

/** An order as it is stored, with its lines and attributes. */
@Table("orders")
record Order(
        @Id @Nullable Long id,
        long customerId,
        OrderStatus status,
        Instant placedAt,
        @Nullable LocalDate deliverBy,
        @Embedded(onEmpty = OnEmpty.USE_EMPTY) Address shippingAddress,

        @MappedCollection(idColumn = "order_id", keyColumn = "line_no")
        List<OrderLine> lines,

        @MappedCollection(idColumn = "order_id", keyColumn = "name")
        Map<String, OrderAttribute> attributes,

        BigDecimal total,
        @Nullable String cancelReason,
        @Version @Nullable Long version) {

    static Order placed(
            long customerId,
            Instant placedAt,
            @Nullable LocalDate deliverBy,
            Address shippingAddress,
            List<OrderLine> lines,
            Map<String, OrderAttribute> attributes) {
        BigDecimal total = lines.stream().map(OrderLine::total).reduce(BigDecimal.ZERO, BigDecimal::add);
        return new Order(
                null,
                customerId,
                OrderStatus.NEW,
                placedAt,
                deliverBy,
                shippingAddress,
                lines,
                attributes,
                total,
                null,
                null);
    }

    Order cancelled(String reason) {
        return with(OrderStatus.CANCELLED, shippingAddress, reason);
    }

    Order sentTo(Address address) {
        return with(status, address, cancelReason);
    }

    private Order with(OrderStatus newStatus, Address address, @Nullable String reason) {
        return new Order(
                id, customerId, newStatus, placedAt, deliverBy, address, lines, attributes, total, reason, version);
    }
}
