package com.example.tickets;

import java.math.BigDecimal;
import java.time.LocalDate;

/** A wish of a customer. */
public record Ticket(long id, String subject, TicketState state, LocalDate dueOn, BigDecimal effort) {}
