package com.example.orders.report;

import java.math.BigDecimal;

/** One month of the report. Cancelled orders count for nothing. */
public record MonthlyRevenue(int month, long orders, BigDecimal revenue) {}
