package com.example.orders.order;

import java.math.BigDecimal;
import org.springframework.data.relational.core.mapping.Table;

/** One item of an order, at the price it had when the order was placed. */
@Table("order_line")
public record OrderLine(String sku, int quantity, BigDecimal unitPrice) {
    BigDecimal total() {
        return unitPrice.multiply(BigDecimal.valueOf(quantity));
    }
}
