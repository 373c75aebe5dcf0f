package com.example.orders.customer;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.relational.core.mapping.Embedded;
import org.springframework.data.relational.core.mapping.Embedded.OnEmpty;
import org.springframework.data.relational.core.mapping.Table;

/** A customer as it is stored. */
@Table("customer")
record Customer(
        @Id long id,
        String name,
        String email,
        @Nullable String phone,
        Segment segment,
        @Embedded(onEmpty = OnEmpty.USE_EMPTY) Address address,
        Instant createdAt,
        @Nullable Instant anonymizedAt,
        @Version long version) {

    Customer updated(CustomerUpdate update) {
        return new Customer(
                id,
                update.name(),
                update.email(),
                update.phone(),
                update.segment(),
                update.address(),
                createdAt,
                anonymizedAt,
                version);
    }

    Customer anonymized(Instant now) {
        return new Customer(
                id,
                "Anonymized customer " + id,
                "anonymized-" + id + "@example.invalid",
                null,
                segment,
                new Address("-", "-", "000", address.country()),
                createdAt,
                now,
                version);
    }
}
