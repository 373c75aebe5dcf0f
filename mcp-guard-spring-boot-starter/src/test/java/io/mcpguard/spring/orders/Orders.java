package io.mcpguard.spring.orders;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import io.mcpguard.annotation.McpHidden;
import io.mcpguard.annotation.McpOperation;
import io.mcpguard.annotation.McpProduct;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.security.Principal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.data.domain.Pageable;
import org.springframework.data.web.PageableDefault;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/** Controllers as services have them. */
public final class Orders {

    private Orders() {}

    public enum Status {
        OPEN,
        @JsonProperty("in-transit")
        SHIPPED
    }

    public enum Level {
        LOW(1),
        HIGH(2);

        private final int weight;

        Level(int weight) {
            this.weight = weight;
        }

        @JsonValue
        int weight() {
            return weight;
        }
    }

    public record Sku(@JsonValue String code) {}

    public record Line(
            @NotNull Sku sku,
            @Min(1) @Max(99) int quantity,
            @Nullable String note) {}

    public record NewOrder(
            @NotBlank @Size(max = 40) String customer,
            @NotEmpty List<@Valid Line> lines,
            @DecimalMin(value = "0", inclusive = false) BigDecimal discount,
            @Email String contact,
            @Pattern(regexp = "[A-Z]{3}") String currency,
            @Pattern(regexp = "(?i)java\\Qonly\\E") String odd,
            LocalDate due,
            @JsonFormat(pattern = "dd.MM.yyyy") LocalDate printed,
            Status status,
            Level level,
            Optional<String> comment,
            Map<String, Integer> labels,

            @JsonPropertyDescription("Who referred the customer")
            String referrer) {}

    public static class Order {
        @JsonProperty(access = JsonProperty.Access.READ_ONLY)
        private long id;

        private String customer = "";

        @JsonProperty(access = JsonProperty.Access.WRITE_ONLY)
        private String token = "";

        @JsonIgnore
        private String internal = "";

        private Instant created = Instant.EPOCH;
        private LocalDateTime localTime = LocalDateTime.MIN;
        private @Nullable Order replaces;
        private List<Payment> payments = List.of();
        private byte[] picture = {};

        public long getId() {
            return id;
        }

        public String getCustomer() {
            return customer;
        }

        public void setCustomer(String customer) {
            this.customer = customer;
        }

        public String getToken() {
            return token;
        }

        public void setToken(String token) {
            this.token = token;
        }

        public String getInternal() {
            return internal;
        }

        public Instant getCreated() {
            return created;
        }

        public LocalDateTime getLocalTime() {
            return localTime;
        }

        public @Nullable Order getReplaces() {
            return replaces;
        }

        public List<Payment> getPayments() {
            return payments;
        }

        public byte[] getPicture() {
            return picture;
        }

        public BigDecimal getTotal() {
            return BigDecimal.TEN;
        }

        String hiddenWord() {
            return internal;
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Card.class, name = "card"),
        @JsonSubTypes.Type(value = Invoice.class, name = "invoice")
    })
    public interface Payment {}

    public record Card(String last4) implements Payment {}

    public record Invoice(int days) implements Payment {}

    public record Range(
            @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate from, LocalDate to) {}

    public record Search(@Size(min = 2) String text, Status status, List<Integer> years, Range range, int limit) {}

    @McpProduct(value = "orders", name = "Orders", description = "What customers ordered.")
    @RestController
    @RequestMapping("/api/orders")
    public static class OrderController {

        @McpOperation(title = "Get an order", description = "Reads one order.", scopes = "orders:read")
        @GetMapping("/{orderId:[0-9]+}")
        Order getOrder(
                @PathVariable("orderId") @Positive long id,
                @RequestHeader(name = "X-Trace", required = false) String trace,
                Principal principal,
                HttpServletRequest request,
                Locale locale) {
            return new Order();
        }

        @McpOperation
        @GetMapping
        CompletableFuture<List<Order>> listOrders(
                @RequestParam(defaultValue = "20") @Min(1) @Max(100) int size,
                @RequestParam Optional<Status> status,
                @RequestParam(required = false) List<@Size(max = 8) String> tag,
                @RequestParam(name = "since", required = false) LocalDate since,
                @RequestParam(required = false) @DateTimeFormat(pattern = "dd.MM.yyyy") LocalDate until,
                @RequestParam UUID batch,
                @RequestParam @Nullable BigDecimal minimum,
                @RequestParam(defaultValue = "false") boolean archived,
                @RequestParam(required = false) @McpHidden String debug,
                @RequestParam Map<String, String> everything,
                @CookieValue(required = false) String session) {
            return CompletableFuture.completedFuture(List.of());
        }

        @McpOperation(id = "create-order", idempotent = McpOperation.Hint.YES)
        @PostMapping
        @ResponseStatus(HttpStatus.CREATED)
        ResponseEntity<Order> create(@Valid @RequestBody NewOrder order, UriComponentsBuilder uris) {
            return ResponseEntity.ok(new Order());
        }

        @McpOperation
        @PutMapping("/{id}/unchecked")
        ResponseEntity<Void> replaceUnchecked(@PathVariable UUID id, @RequestBody(required = false) Line line) {
            return ResponseEntity.noContent().build();
        }

        @McpOperation
        @PostMapping("/entity")
        Order bean(@RequestBody Order order) {
            return order;
        }

        @McpOperation
        @DeleteMapping("/{id}")
        @ResponseStatus(HttpStatus.NO_CONTENT)
        void deleteOrder(@PathVariable String id) {}

        @McpOperation
        @GetMapping(path = "/export", produces = "text/csv")
        Callable<String> export() {
            return () -> "";
        }

        @McpOperation
        @GetMapping(path = "/{id}/label", produces = "application/pdf")
        ResponseEntity<Resource> label(@PathVariable String id) {
            return ResponseEntity.notFound().build();
        }

        @McpOperation
        @GetMapping("/search")
        List<Order> search(@Valid Search search) {
            return List.of();
        }

        @McpOperation
        @GetMapping(path = "/paged", params = "mode=page", headers = "X-Mode")
        List<Order> paged(@PageableDefault(size = 7) Pageable pageable) {
            return List.of();
        }

        @GetMapping("/internal")
        String unpublished() {
            return "";
        }
    }
}
