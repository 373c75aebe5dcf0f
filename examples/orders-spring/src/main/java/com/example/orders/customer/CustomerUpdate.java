package com.example.orders.customer;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** The whole of what can be changed about a customer. */
public record CustomerUpdate(
        @NotBlank @Size(max = 100) String name,
        @NotBlank @Email @Size(max = 120) String email,
        @Nullable @Pattern(regexp = "\\+[0-9 ]{6,20}") String phone,
        @NotNull Segment segment,
        @NotNull @Valid Address address) {}
