package com.example.orders.seed;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Fills an empty database before the first request can arrive; all of it or nothing. */
@Component
class DemoData implements SmartInitializingSingleton {
    private static final Logger LOG = LoggerFactory.getLogger(DemoData.class);

    private final JdbcClient client;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    DemoData(JdbcClient client, JdbcTemplate jdbc, TransactionTemplate transaction) {
        this.client = client;
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    @Override
    public void afterSingletonsInstantiated() {
        long customers =
                client.sql("select count(*) from customer").query(Long.class).single();
        if (customers > 0) {
            return;
        }
        DemoRows rows = DemoRows.generate();
        transaction.executeWithoutResult(status -> insert(rows));
        LOG.info("Demo data written: {} orders", rows.orders().size());
    }

    private void insert(DemoRows rows) {
        jdbc.batchUpdate("""
                insert into customer (id, name, email, phone, segment, street, city, postal_code, country,
                    created_at, version) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)
                """, rows.customers());
        jdbc.batchUpdate("""
                insert into stock_item (sku, name, category, on_hand, reorder_level, unit_price, updated_at, version)
                values (?, ?, ?, ?, ?, ?, ?, 1)
                """, rows.stockItems());
        jdbc.batchUpdate("""
                insert into orders (id, customer_id, status, placed_at, deliver_by, street, city, postal_code, country,
                    total, cancel_reason, version) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)
                """, rows.orders());
        jdbc.batchUpdate(
                "insert into order_line (order_id, line_no, sku, quantity, unit_price) values (?, ?, ?, ?, ?)",
                rows.orderLines());
        jdbc.batchUpdate("insert into order_attribute (order_id, name, text) values (?, ?, ?)", rows.orderAttributes());
    }
}
