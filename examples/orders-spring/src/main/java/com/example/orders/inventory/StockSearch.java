package com.example.orders.inventory;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds stock items by shelf and by what runs low. */
@Component
class StockSearch {
    private final JdbcClient jdbc;

    StockSearch(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<StockItem> find(Optional<Category> category, boolean lowStock) {
        return jdbc.sql("""
                        select sku, name, category, on_hand, reorder_level, unit_price, updated_at, version
                        from stock_item
                        where (:category is null or category = :category)
                        and (not :lowStock or on_hand < reorder_level)
                        order by sku
                        """)
                .param("category", category.map(Enum::name).orElse(null))
                .param("lowStock", lowStock)
                .query(StockItem.class)
                .list();
    }
}
