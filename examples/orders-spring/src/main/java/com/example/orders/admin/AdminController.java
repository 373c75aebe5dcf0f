package com.example.orders.admin;

import com.example.orders.order.OrderService;
import jakarta.validation.constraints.Min;
import java.math.BigDecimal;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/admin")
class AdminController {
    private static final BigDecimal SUSPICIOUS_TOTAL = new BigDecimal("3000.00");

    private final JdbcClient jdbc;
    private final OrderService orders;

    AdminController(JdbcClient jdbc, OrderService orders) {
        this.jdbc = jdbc;
        this.orders = orders;
    }

    @GetMapping("/audit-flags")
    List<AuditFlag> auditFlags() {
        return jdbc.sql("""
                        select id as order_id, customer_id, total, 'unusually high total' as reason
                        from orders where total > :limit order by id
                        """)
                .param("limit", SUSPICIOUS_TOTAL)
                .query(AuditFlag.class)
                .list();
    }

    /** Removes an order for good. */
    @DeleteMapping("/orders/{orderId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void purge(@PathVariable @Min(1) long orderId) {
        orders.purge(orderId);
    }
}
