package com.example.tickets;

/** Where a ticket is in its life. */
public enum TicketState {
    OPEN,
    CLOSED
}
