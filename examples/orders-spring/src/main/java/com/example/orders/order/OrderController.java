package com.example.orders.order;

import com.example.orders.customer.Address;
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
class OrderController {
    private final OrderService orders;

    OrderController(OrderService orders) {
        this.orders = orders;
    }

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

    @GetMapping("/{orderId}")
    OrderDetails read(@PathVariable @Min(1) long orderId) {
        return orders.read(orderId);
    }

    @PostMapping
    ResponseEntity<OrderDetails> place(@RequestBody @Valid NewOrder order) {
        OrderDetails placed = orders.place(order);
        return ResponseEntity.created(URI.create("/api/orders/" + placed.id())).body(placed);
    }

    @PostMapping("/{orderId}/cancel")
    OrderDetails cancel(@PathVariable @Min(1) long orderId, @RequestBody @Valid Cancellation cancellation) {
        return orders.cancel(orderId, cancellation.reason());
    }

    /** Sends an order that is still in the house to another address. */
    @PutMapping("/{orderId}/shipping-address")
    OrderDetails redirect(@PathVariable @Min(1) long orderId, @RequestBody @Valid Address address) {
        return orders.redirect(orderId, address);
    }
}
