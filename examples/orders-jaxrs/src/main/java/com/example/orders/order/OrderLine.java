package com.example.orders.order;

import java.math.BigDecimal;

/** One item of an order, at the price it had when the order was placed. */
public record OrderLine(String sku, int quantity, BigDecimal unitPrice) {
    BigDecimal total() {
        return unitPrice.multiply(BigDecimal.valueOf(quantity));
    }
}
