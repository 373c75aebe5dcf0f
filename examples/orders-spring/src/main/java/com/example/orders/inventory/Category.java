package com.example.orders.inventory;

/** The shelf an item belongs to. */
public enum Category {
    BOOKS,
    GARDEN,
    KITCHEN,
    OFFICE,
    TOYS
}
