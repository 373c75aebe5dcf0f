package com.example.orders.customer;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/customers")
class CustomerController {
    private final CustomerService customers;
    private final CustomerSearch search;

    CustomerController(CustomerService customers, CustomerSearch search) {
        this.customers = customers;
        this.search = search;
    }

    /** Finds customers by the words of {@code q}, in any order. */
    @GetMapping
    List<CustomerSummary> search(
            @RequestParam @NotBlank @Size(max = 100) String q,
            @RequestParam Optional<@Pattern(regexp = "[A-Z]{2}") String> country,
            @RequestParam(defaultValue = "20") @Min(1) @Max(100) int limit) {
        return search.find(q, country, limit);
    }

    @GetMapping("/{customerId}")
    CustomerDetails read(@PathVariable @Min(1) long customerId) {
        return customers.details(customerId);
    }

    @PutMapping("/{customerId}")
    CustomerDetails update(@PathVariable @Min(1) long customerId, @RequestBody @Valid CustomerUpdate update) {
        return customers.update(customerId, update);
    }

    /** Removes the personal data and keeps the orders, which accounting needs. */
    @DeleteMapping("/{customerId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void anonymize(@PathVariable @Min(1) long customerId) {
        customers.anonymize(customerId);
    }
}
