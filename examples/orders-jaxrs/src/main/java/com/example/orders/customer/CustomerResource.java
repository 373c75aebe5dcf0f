package com.example.orders.customer;

import com.example.orders.security.Role;
import io.mcpguard.annotation.McpOperation;
import io.mcpguard.annotation.McpProduct;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.util.List;

/** {@code /api/customers}. */
@Path("customers")
@Produces("application/json")
@McpProduct(
        value = "customers",
        name = "Customers",
        description = "Who buys. Names and cities are for everybody, the rest is personal data for support.")
public class CustomerResource {

    private final Customers customers;

    @Inject
    public CustomerResource(Customers customers) {
        this.customers = customers;
    }

    @McpOperation(
            id = "searchCustomers",
            title = "Search customers",
            description = "Finds customers whose name, city or e-mail address holds all words of q, in any order and "
                    + "case. Use it to get from a name to a customer number.")
    @GET
    @RolesAllowed({Role.USER, Role.SUPPORT, Role.DEVELOPER, Role.ADMIN})
    public List<Customer.Summary> search(
            @QueryParam("q") @NotBlank @Size(max = 100) String words,
            @QueryParam("limit") @DefaultValue("20") @Min(1) @Max(50) int limit) {
        return customers.find(words, limit);
    }

    @McpOperation(
            id = "getCustomer",
            title = "Get a customer",
            description = "Reads one customer by number with the personal data. Use searchCustomers when a name and a "
                    + "city are enough.")
    @GET
    @Path("{customerId}")
    @RolesAllowed({Role.SUPPORT, Role.ADMIN})
    public Customer read(@PathParam("customerId") @Min(1) long customerId) {
        return customers.read(customerId);
    }
}
