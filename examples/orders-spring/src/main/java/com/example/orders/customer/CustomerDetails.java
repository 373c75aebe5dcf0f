package com.example.orders.customer;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A customer with the personal data. */
public record CustomerDetails(
        long id,
        String name,
        String email,
        @Nullable String phone,
        Segment segment,
        Address address,
        Instant createdAt,
        @Nullable Instant anonymizedAt) {

    static CustomerDetails of(Customer customer) {
        return new CustomerDetails(
                customer.id(),
                customer.name(),
                customer.email(),
                customer.phone(),
                customer.segment(),
                customer.address(),
                customer.createdAt(),
                customer.anonymizedAt());
    }
}
