package com.example.twice;

import io.mcpguard.annotation.McpOperation;
import io.mcpguard.annotation.McpProduct;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Publishes an operation under an id that is taken; not found by the service's own scan. */
@RestController
@McpProduct("orders")
public class TwiceController {
    @McpOperation(id = "getOrder", description = "Another one.")
    @GetMapping("/api/orders/another")
    String another() {
        return "another";
    }
}
