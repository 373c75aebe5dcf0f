package com.example.orders.report;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the figures of many orders with one statement each. */
@Component
class OrderReports {
    private final JdbcClient jdbc;
    private final ReportProperties properties;

    OrderReports(JdbcClient jdbc, ReportProperties properties) {
        this.jdbc = jdbc;
        this.properties = properties;
    }

    MonthlyReport monthly(int year) throws InterruptedException {
        Thread.sleep(properties.delay().toMillis());
        List<MonthlyRevenue> months = jdbc.sql("""
                        select "month", count(*) as orders, sum(total) as revenue
                        from (
                            select extract(month from placed_at at time zone 'UTC') as "month", total
                            from orders
                            where placed_at >= :from and placed_at < :to and status <> 'CANCELLED'
                        )
                        group by "month" order by "month"
                        """)
                .param("from", startOf(LocalDate.of(year, 1, 1)))
                .param("to", startOf(LocalDate.of(year + 1, 1, 1)))
                .query(MonthlyRevenue.class)
                .list();
        return MonthlyReport.of(year, months);
    }

    /** The orders placed on these days, both included. */
    List<ExportedOrder> placedBetween(LocalDate from, LocalDate to) {
        return jdbc.sql("""
                        select o.id as order_id, o.placed_at, o.status, o.customer_id, c.name as customer_name, o.total
                        from orders o join customer c on c.id = o.customer_id
                        where o.placed_at >= :from and o.placed_at < :to
                        order by o.id
                        """)
                .param("from", startOf(from))
                .param("to", startOf(to.plusDays(1)))
                .query(ExportedOrder.class)
                .list();
    }

    private static OffsetDateTime startOf(LocalDate day) {
        return day.atStartOfDay().atOffset(ZoneOffset.UTC);
    }
}
