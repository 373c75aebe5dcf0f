package com.example.orders.customer;

/** How a customer buys. */
public enum Segment {
    CONSUMER,
    BUSINESS,
    RESELLER
}
