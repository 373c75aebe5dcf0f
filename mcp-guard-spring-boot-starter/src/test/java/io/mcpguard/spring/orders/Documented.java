package io.mcpguard.spring.orders;

import io.mcpguard.annotation.McpOperation;
import io.mcpguard.annotation.McpProduct;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A controller whose annotations stand on an interface, as generated from an OpenAPI document, with generics. */
public final class Documented {

    private Documented() {}

    public record Customer(
            @Schema(description = "Given by the service", accessMode = Schema.AccessMode.READ_ONLY)
            long id,

            @Schema(description = "Family name") String name,
            @Schema(hidden = true) String note) {}

    @McpProduct("customers")
    @RequestMapping("/customers")
    public interface Crud<T> {

        @McpOperation(id = "read")
        @Operation(summary = "Read one", description = "Reads one of them.")
        @ApiResponse(responseCode = "200", description = "Found")
        @ApiResponse(responseCode = "404", description = "No such one")
        @GetMapping("/{id}")
        T read(@Parameter(description = "Its number") @PathVariable("id") long id);

        @McpOperation(id = "create", description = "Ours.")
        @Operation(summary = "Create one", description = "Theirs.", hidden = true)
        @PostMapping
        T create(@RequestBody T entity);

        @McpOperation(id = "list")
        @GetMapping
        List<T> list(@Parameter(hidden = true) @RequestParam(name = "trace", required = false) String trace);
    }

    @RestController
    public static class CustomerController implements Crud<Customer> {

        @Override
        public Customer read(long id) {
            return new Customer(id, "", "");
        }

        @Override
        public Customer create(Customer entity) {
            return entity;
        }

        @Override
        public List<Customer> list(String trace) {
            return List.of();
        }
    }
}
