package com.example.orders.customer;

import com.example.orders.problem.ApiProblem;
import com.example.orders.security.CanReadPersonalData;
import java.time.Clock;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Reads and changes customers; personal data is for support and administrators. */
@Service
public class CustomerService {
    private final CustomerRepository customers;
    private final Clock clock;

    CustomerService(CustomerRepository customers, Clock clock) {
        this.customers = customers;
        this.clock = clock;
    }

    @CanReadPersonalData
    public CustomerDetails details(long customerId) {
        return CustomerDetails.of(find(customerId));
    }

    @CanReadPersonalData
    @Transactional
    public CustomerDetails update(long customerId, CustomerUpdate update) {
        Customer customer = find(customerId);
        if (customer.anonymizedAt() != null) {
            throw ApiProblem.conflict("Customer %d has been anonymized.".formatted(customerId));
        }
        return CustomerDetails.of(customers.save(customer.updated(update)));
    }

    @PreAuthorize("hasRole('ADMIN')")
    @Transactional
    public void anonymize(long customerId) {
        Customer customer = find(customerId);
        if (customers.countOpenOrders(customerId) > 0) {
            throw ApiProblem.conflict("Customer %d has open orders.".formatted(customerId));
        }
        customers.save(customer.anonymized(clock.instant()));
    }

    /** Whether orders can be placed for this customer. */
    public boolean isActive(long customerId) {
        return customers
                .findById(customerId)
                .filter(customer -> customer.anonymizedAt() == null)
                .isPresent();
    }

    private Customer find(long customerId) {
        return customers
                .findById(customerId)
                .orElseThrow(() -> ApiProblem.notFound("There is no customer %d.".formatted(customerId)));
    }
}
