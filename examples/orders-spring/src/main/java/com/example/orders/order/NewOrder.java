package com.example.orders.order;

import com.example.orders.customer.Address;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An order to place. */
public record NewOrder(
        @NotNull @Positive Long customerId,
        @Nullable LocalDate deliverBy,
        @NotNull @Valid Address shippingAddress,
        @NotEmpty @Size(max = 20) List<@NotNull @Valid NewOrderLine> lines,

        @Nullable @Size(max = 10)
        Map<@Pattern(regexp = "[a-z][a-z0-9-]{0,29}") String, @NotBlank @Size(max = 200) String> attributes) {}
