package com.example.orders.order;

import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.data.relational.core.query.Criteria;

/** Which orders a list shows; what is absent does not filter. Both days are included, in UTC. */
record OrderFilter(
        @Nullable OrderStatus status,
        @Nullable Long customerId,
        @Nullable LocalDate placedFrom,
        @Nullable LocalDate placedTo) {

    Criteria criteria() {
        Criteria criteria = Criteria.empty();
        if (status != null) {
            criteria = criteria.and("status").is(status);
        }
        if (customerId != null) {
            criteria = criteria.and("customerId").is(customerId);
        }
        if (placedFrom != null) {
            criteria = criteria.and("placedAt")
                    .greaterThanOrEquals(placedFrom.atStartOfDay(ZoneOffset.UTC).toInstant());
        }
        if (placedTo != null) {
            criteria = criteria.and("placedAt")
                    .lessThan(placedTo.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
        }
        return criteria;
    }
}
