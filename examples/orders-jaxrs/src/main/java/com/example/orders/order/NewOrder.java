package com.example.orders.order;

import com.example.orders.customer.Address;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/** An order to place. */
public record NewOrder(
        @NotNull @Min(1) Long customerId,
        @NotNull @Valid Address shippingAddress,
        @NotNull @Size(min = 1, max = 20) List<@NotNull @Valid Line> lines) {

    /** One item of it; the price is that of the day. */
    public record Line(
            @NotNull @Pattern(regexp = "[A-Z]{3}-[0-9]{4}") String sku,
            @NotNull @Min(1) @Max(100) Integer quantity) {}
}
