package com.example.orders.order;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** Why an order is cancelled. */
public record Cancellation(
        @NotBlank @Size(min = 3, max = 200) String reason) {}
