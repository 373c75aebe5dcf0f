package com.example.orders.report;

import java.math.BigDecimal;
import java.util.List;

/** What the orders of a year brought in, month by month; months without orders are left out. */
public record MonthlyReport(int year, long orders, BigDecimal revenue, List<MonthlyRevenue> months) {
    static MonthlyReport of(int year, List<MonthlyRevenue> months) {
        return new MonthlyReport(
                year,
                months.stream().mapToLong(MonthlyRevenue::orders).sum(),
                months.stream().map(MonthlyRevenue::revenue).reduce(BigDecimal.ZERO, BigDecimal::add),
                months);
    }
}
