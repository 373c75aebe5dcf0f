package com.example.tickets;

import java.util.Locale;

/** How much a ticket matters. Which of its two spellings is in the JSON is for the service's Jackson to say. */
public enum Urgency {
    LOW,
    HIGH;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
