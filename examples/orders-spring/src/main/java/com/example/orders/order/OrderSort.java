package com.example.orders.order;

import org.springframework.data.domain.Sort;

/** The orders in which a list of orders comes. */
public enum OrderSort {
    NEWEST(Sort.by("placedAt").descending()),
    OLDEST(Sort.by("placedAt")),
    HIGHEST_TOTAL(Sort.by("total").descending()),
    LOWEST_TOTAL(Sort.by("total"));

    private final Sort sort;

    OrderSort(Sort sort) {
        // The id makes equal rows keep their place from page to page.
        this.sort = sort.and(Sort.by("id"));
    }

    Sort sort() {
        return sort;
    }
}
