package com.example.orders.customer;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/** Where a parcel goes. */
public record Address(
        @NotBlank @Size(max = 100) String street,
        @NotBlank @Size(max = 60) String city,

        @NotNull @Pattern(regexp = "[A-Z0-9][A-Z0-9 -]{2,9}")
        String postalCode,

        @NotNull @Pattern(regexp = "[A-Z]{2}") String country) {}
