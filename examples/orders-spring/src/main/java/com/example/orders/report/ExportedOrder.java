package com.example.orders.report;

import java.math.BigDecimal;
import java.time.Instant;

/** An order in the export. */
record ExportedOrder(
        long orderId, Instant placedAt, String status, long customerId, String customerName, BigDecimal total) {}
