package io.mcpguard.core.catalog;

import io.mcpguard.catalog.Operation;
import io.mcpguard.catalog.OperationId;
import io.mcpguard.catalog.Parameter;
import io.mcpguard.catalog.Product;
import io.mcpguard.catalog.ProductOperations;
import io.mcpguard.catalog.RequestBody;
import io.mcpguard.catalog.Schema;
import java.util.List;

/** A small orders service for tests. */
public final class Published {

    public static final Product ORDERS = new Product("orders", "Orders", "Customer orders", "/api/orders");

    private Published() {}

    public static Operation.Builder operation(String id, String method, String path) {
        return Operation.builder(new OperationId(id), "orders", method, path);
    }

    public static Parameter path(String name, String schema) {
        return new Parameter(name, Parameter.Location.PATH, true, new Schema(schema), "");
    }

    public static Parameter query(String name, boolean required, String schema) {
        return new Parameter(name, Parameter.Location.QUERY, required, new Schema(schema), "");
    }

    public static Parameter header(String name, String schema) {
        return new Parameter(name, Parameter.Location.HEADER, false, new Schema(schema), "");
    }

    public static Operation listOrders() {
        return operation("listOrders", "GET", "/api/orders")
                .parameter(query("status", false, "{\"type\":\"string\",\"enum\":[\"OPEN\",\"SHIPPED\"]}"))
                .parameter(query("tag", false, "{\"type\":\"array\",\"items\":{\"type\":\"string\"}}"))
                .parameter(query("limit", false, "{\"type\":\"integer\",\"minimum\":1,\"maximum\":100}"))
                .parameter(header("X-Trace-Label", "{\"type\":\"string\"}"))
                .build();
    }

    public static Operation getOrder() {
        return operation("getOrder", "GET", "/api/orders/{orderId}")
                .parameter(path("orderId", "{\"type\":[\"integer\",\"string\"]}"))
                .build();
    }

    public static Operation exportOrders() {
        return operation("exportOrders", "GET", "/api/orders/export.csv").build();
    }

    public static Operation createOrder() {
        return operation("createOrder", "POST", "/api/orders")
                .body(new RequestBody(true, "application/json", new Schema("""
                                {"type":"object","required":["sku","quantity"],"properties":{
                                 "sku":{"type":"string","pattern":"^[A-Z]{3}-[0-9]+$"},
                                 "quantity":{"type":"integer","minimum":1},
                                 "price":{"type":"number"}}}""")))
                .build();
    }

    public static Operation deleteOrder() {
        return operation("deleteOrder", "DELETE", "/api/orders/{orderId}")
                .parameter(path("orderId", "{\"type\":\"integer\"}"))
                .build();
    }

    public static Catalog catalog() {
        return Catalog.of(List.of(new ProductOperations(
                ORDERS, List.of(listOrders(), getOrder(), exportOrders(), createOrder(), deleteOrder()))));
    }
}
