package com.example.orders.order;

import com.example.orders.customer.Address;
import io.mcpguard.annotation.McpOperation;
import io.mcpguard.annotation.McpProduct;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.PageRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/orders")
@McpProduct(
        value = "orders",
        name = "Orders",
        description =
                "Orders of the shop: find, place, cancel and redirect them, and report on them. Amounts are in euros.")
class OrderController {
    private final OrderService orders;

    OrderController(OrderService orders) {
        this.orders = orders;
    }

    @McpOperation(
            id = "listOrders",
            title = "List orders",
            description = "Finds orders by status, customer and the days they were placed on (ISO dates, both "
                    + "included, in UTC), a page at a time. Use it to look for orders or to count them: "
                    + "totalItems counts all that match. Pages count from 0. The lines of an order are not "
                    + "in here; getOrder has them.")
    @GetMapping
    OrderPage list(
            @RequestParam(required = false) @Nullable OrderStatus status,
            @RequestParam(required = false) @Nullable @Min(1) Long customerId,
            @RequestParam(required = false) @Nullable LocalDate placedFrom,
            @RequestParam(required = false) @Nullable LocalDate placedTo,
            @RequestParam(defaultValue = "NEWEST") OrderSort sort,
            @RequestParam(defaultValue = "0") @Min(0) @Max(10_000) int page,
            @RequestParam(defaultValue = "20") @Min(1) @Max(100) int size) {
        OrderFilter filter = new OrderFilter(status, customerId, placedFrom, placedTo);
        return orders.list(filter, PageRequest.of(page, size, sort.sort()));
    }

    @McpOperation(
            id = "getOrder",
            title = "Get an order",
            description = "Reads one order by its number: lines with prices, status, shipping address and total "
                    + "in euros. Use it when you know the number; listOrders finds numbers.")
    @GetMapping("/{orderId}")
    OrderDetails read(@PathVariable @Min(1) long orderId) {
        return orders.read(orderId);
    }

    @McpOperation(
            id = "placeOrder",
            title = "Place an order",
            description = "Places an order for an existing customer and takes its lines from the stock, at the "
                    + "prices of today. Every call places another order. 409 means that there is not enough "
                    + "on hand, 422 that the customer, an item or the day of delivery is not possible.")
    @PostMapping
    ResponseEntity<OrderDetails> place(@RequestBody @Valid NewOrder order) {
        OrderDetails placed = orders.place(order);
        return ResponseEntity.created(URI.create("/api/orders/" + placed.id())).body(placed);
    }

    @McpOperation(
            id = "cancelOrder",
            title = "Cancel an order",
            description = "Cancels an order that has not shipped and puts its items back on the shelf. This "
                    + "cannot be undone. Ask for the reason, it is kept. 409 means that it has shipped or "
                    + "is cancelled already.",
            destructive = McpOperation.Hint.YES)
    @PostMapping("/{orderId}/cancel")
    OrderDetails cancel(@PathVariable @Min(1) long orderId, @RequestBody @Valid Cancellation cancellation) {
        return orders.cancel(orderId, cancellation.reason());
    }

    /** Sends an order that is still in the house to another address. */
    @McpOperation(
            id = "changeShippingAddress",
            title = "Change the shipping address",
            description = "Sends an order that has not shipped to another address. Give the whole address, "
                    + "nothing of the old one is kept. 409 means that the order has shipped or is "
                    + "cancelled.")
    @PutMapping("/{orderId}/shipping-address")
    OrderDetails redirect(@PathVariable @Min(1) long orderId, @RequestBody @Valid Address address) {
        return orders.redirect(orderId, address);
    }
}
