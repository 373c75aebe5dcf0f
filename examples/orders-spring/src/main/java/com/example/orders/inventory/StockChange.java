package com.example.orders.inventory;

import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What to change about a stock item; what is absent stays as it is. */
public record StockChange(
        @Nullable @Min(-1000) @Max(1000) Integer delta,
        @Nullable @Min(0) @Max(1000) Integer reorderLevel,

        @Nullable @DecimalMin("0.01") @Digits(integer = 6, fraction = 2)
        BigDecimal unitPrice,

        @NotBlank @Size(max = 200) String reason) {

    boolean isEmpty() {
        return delta == null && reorderLevel == null && unitPrice == null;
    }
}
