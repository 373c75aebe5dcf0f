package com.example.orders.admin;

import java.math.BigDecimal;

/** An order that somebody should look at. */
public record AuditFlag(long orderId, long customerId, BigDecimal total, String reason) {}
