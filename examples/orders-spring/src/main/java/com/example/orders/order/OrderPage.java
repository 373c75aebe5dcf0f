package com.example.orders.order;

import java.util.List;
import org.springframework.data.domain.Page;

/** A page of a list of orders; pages count from zero. */
public record OrderPage(List<OrderSummary> items, int page, int size, long totalItems, int totalPages) {
    static OrderPage of(Page<OrderSummary> page) {
        return new OrderPage(
                page.getContent(), page.getNumber(), page.getSize(), page.getTotalElements(), page.getTotalPages());
    }
}
