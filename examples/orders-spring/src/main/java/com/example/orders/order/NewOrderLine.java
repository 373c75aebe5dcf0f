package com.example.orders.order;

import com.example.orders.inventory.StockItem;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/** One item of an order to place; the price is the one of the stock item. */
public record NewOrderLine(
        @NotNull @Pattern(regexp = StockItem.SKU) String sku,
        @NotNull @Min(1) @Max(100) Integer quantity) {}
