package com.example.orders.inventory;

import java.math.BigDecimal;
import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.relational.core.mapping.Table;

/** An item on the shelf. The version counts its changes and is its ETag. */
@Table("stock_item")
public record StockItem(
        @Id String sku,
        String name,
        Category category,
        int onHand,
        int reorderLevel,
        BigDecimal unitPrice,
        Instant updatedAt,
        @Version long version) {

    /** Letters for the shelf, digits for the item. */
    public static final String SKU = "[A-Z]{3}-[0-9]{4}";

    StockItem withOnHand(int newOnHand, Instant now) {
        return new StockItem(sku, name, category, newOnHand, reorderLevel, unitPrice, now, version);
    }

    StockItem with(StockChange change, Instant now) {
        return new StockItem(
                sku,
                name,
                category,
                change.delta() == null ? onHand : onHand + change.delta(),
                change.reorderLevel() == null ? reorderLevel : change.reorderLevel(),
                change.unitPrice() == null ? unitPrice : change.unitPrice(),
                now,
                version);
    }
}
