package com.example.tickets;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.LocalDate;

/** What is needed to open a ticket. */
public record NewTicket(
        @NotBlank @Size(max = 80) String subject,
        @NotNull LocalDate dueOn,
        @PositiveOrZero BigDecimal effort,
        Urgency urgency) {}
