package com.example.orders.guard;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Only in tests: its paths look like values for the path of an operation, and nobody has published them. */
@RestController
class SiblingController {
    @GetMapping("/api/inventory/ADM-0001")
    String likeAnItem() {
        return "for nobody";
    }

    @GetMapping("/api/orders/margins")
    String besideTheOrders() {
        return "for nobody";
    }
}
