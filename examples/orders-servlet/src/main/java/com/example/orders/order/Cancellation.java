package com.example.orders.order;

/** Why an order is cancelled. */
public record Cancellation(String reason) {}
