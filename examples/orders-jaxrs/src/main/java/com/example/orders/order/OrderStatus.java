package com.example.orders.order;

/** How far an order has come. */
public enum OrderStatus {
    NEW,
    PAID,
    SHIPPED,
    DELIVERED,
    CANCELLED;

    /** Whether the parcel is still in the house. */
    boolean isOpen() {
        return this == NEW || this == PAID;
    }
}
