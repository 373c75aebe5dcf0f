package com.example.orders.customer;

import io.mcpguard.annotation.McpOperation;
import io.mcpguard.annotation.McpProduct;
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
@McpProduct(
        value = "customers",
        name = "Customers",
        description = "Who buys. Names and cities are for everybody, the rest is personal data for support.")
class CustomerController {
    private final CustomerService customers;
    private final CustomerSearch search;

    CustomerController(CustomerService customers, CustomerSearch search) {
        this.customers = customers;
        this.search = search;
    }

    /** Finds customers by the words of {@code q}, in any order. */
    @McpOperation(
            id = "searchCustomers",
            title = "Search customers",
            description = "Finds customers whose name, city or e-mail address holds all words of q, in any "
                    + "order and case. Use it to get from a name to a customer number. country is an ISO "
                    + "code of two letters, limit is 20 if left out.")
    @GetMapping
    List<CustomerSummary> search(
            @RequestParam @NotBlank @Size(max = 100) String q,
            @RequestParam Optional<@Pattern(regexp = "[A-Z]{2}") String> country,
            @RequestParam(defaultValue = "20") @Min(1) @Max(100) int limit) {
        return search.find(q, country, limit);
    }

    @McpOperation(
            id = "getCustomer",
            title = "Get a customer",
            description = "Reads one customer by number with the personal data: e-mail address, phone number "
                    + "and postal address. Use searchCustomers when a name and a city are enough.")
    @GetMapping("/{customerId}")
    CustomerDetails read(@PathVariable @Min(1) long customerId) {
        return customers.details(customerId);
    }

    @McpOperation(
            id = "updateCustomer",
            title = "Update a customer",
            description = "Replaces what can be changed about a customer. Read the customer first and send "
                    + "everything back, changed or not. 409 means that the customer has been anonymized.")
    @PutMapping("/{customerId}")
    CustomerDetails update(@PathVariable @Min(1) long customerId, @RequestBody @Valid CustomerUpdate update) {
        return customers.update(customerId, update);
    }

    /** Removes the personal data and keeps the orders, which accounting needs. */
    @McpOperation(
            id = "anonymizeCustomer",
            title = "Remove personal data",
            description = "Removes the personal data of a customer for good and keeps the orders. Only for a "
                    + "request of the customer. 409 means that the customer has orders on their way.")
    @DeleteMapping("/{customerId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void anonymize(@PathVariable @Min(1) long customerId) {
        customers.anonymize(customerId);
    }
}
