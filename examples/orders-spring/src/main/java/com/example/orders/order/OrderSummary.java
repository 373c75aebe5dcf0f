package com.example.orders.order;

import java.math.BigDecimal;
import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/** An order in a list; read from the same table as {@link Order}, without lines and attributes. */
@Table("orders")
public record OrderSummary(@Id long id, long customerId, OrderStatus status, Instant placedAt, BigDecimal total) {}
