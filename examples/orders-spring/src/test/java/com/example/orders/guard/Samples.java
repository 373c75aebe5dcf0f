package com.example.orders.guard;

import com.example.orders.ServiceTest;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls of every operation: one that succeeds for somebody who may do everything, and those that fail in the service.
 *
 * @param name what the call shows
 * @param status what an administrator gets
 * @param call the call
 * @param rows SQL that puts the rows it changes back into the state it starts from
 */
record Samples(String name, int status, Call call, List<String> rows) {

    /** What an operation makes up anew with each call. */
    static final Map<String, List<String>> MADE_UP =
            Map.of("placeOrder", List.of("id", "placedAt"), "changeStockItem", List.of("updatedAt"));

    private static final String ADDRESS = ServiceTest.ADDRESS;
    private static final String CUSTOMER = """
            {"name": "Ada Berg", "email": "ada@example.com", "segment": "CONSUMER", "address": %s}""".formatted(ADDRESS);

    static List<Samples> all() {
        return List.of(
                ok(Call.of("listOrders")
                        .query("status", "DELIVERED")
                        .query("placedFrom", "2024-03-01")
                        .query("sort", "OLDEST")
                        .query("size", 3)),
                ok(Call.of("getOrder").path("orderId", 7)),
                fails("unknown", 404, Call.of("getOrder").path("orderId", 9_999_999)),
                new Samples(
                        "placed",
                        201,
                        Call.of("placeOrder").body(newOrder(7, "BOO-1001", 2)),
                        List.of("update stock_item set on_hand = 50, version = 1 where sku = 'BOO-1001'")),
                new Samples(
                        "too many",
                        409,
                        Call.of("placeOrder").body(newOrder(7, "BOO-1001", 100)),
                        List.of("update stock_item set on_hand = 50, version = 1 where sku = 'BOO-1001'")),
                fails("no such customer", 422, Call.of("placeOrder").body(newOrder(99_999, "BOO-1001", 1))),
                new Samples(
                        "cancelled",
                        200,
                        Call.of("cancelOrder").path("orderId", 2901).body("{\"reason\": \"Ordered twice\"}"),
                        List.of(open(2901))),
                fails(
                        "delivered",
                        409,
                        Call.of("cancelOrder").path("orderId", 7).body("{\"reason\": \"Too late\"}")),
                fails(
                        "unknown",
                        404,
                        Call.of("cancelOrder").path("orderId", 9_999_999).body("{\"reason\": \"Gone\"}")),
                new Samples(
                        "redirected",
                        200,
                        Call.of("changeShippingAddress").path("orderId", 2902).body(ADDRESS),
                        List.of(open(2902))),
                fails(
                        "delivered",
                        409,
                        Call.of("changeShippingAddress").path("orderId", 7).body(ADDRESS)),
                ok(Call.of("getMonthlyReport").query("year", 2025)),
                ok(Call.of("exportOrders").query("from", "2025-01-01").query("to", "2025-01-02")),
                fails(
                        "backwards",
                        422,
                        Call.of("exportOrders").query("from", "2025-01-02").query("to", "2025-01-01")),
                ok(Call.of("searchCustomers").query("q", "berg berlin").query("limit", 5)),
                ok(Call.of("getCustomer").path("customerId", 7)),
                fails("unknown", 404, Call.of("getCustomer").path("customerId", 99_999)),
                new Samples(
                        "updated",
                        200,
                        Call.of("updateCustomer").path("customerId", 11).body(CUSTOMER),
                        List.of("update customer set anonymized_at = null, version = 1 where id = 11")),
                new Samples(
                        "anonymized",
                        409,
                        Call.of("updateCustomer").path("customerId", 12).body(CUSTOMER),
                        List.of("update customer set anonymized_at = '2025-01-01T00:00:00Z' where id = 12")),
                new Samples(
                        "removed",
                        204,
                        Call.of("anonymizeCustomer").path("customerId", 13),
                        List.of(
                                "update orders set status = 'DELIVERED' where customer_id = 13",
                                "update customer set anonymized_at = null, version = 1 where id = 13")),
                new Samples(
                        "open orders",
                        409,
                        Call.of("anonymizeCustomer").path("customerId", 14),
                        List.of(open(2903), "update orders set customer_id = 14 where id = 2903")),
                ok(Call.of("listStockItems").query("category", "TOYS").query("lowStock", true)),
                ok(Call.of("getStockItem").path("sku", "TOY-1001")),
                fails("unknown", 404, Call.of("getStockItem").path("sku", "TOY-9999")),
                stock(
                        "changed",
                        200,
                        change("{\"delta\": 3, \"reason\": \"Counted\"}").header("If-Match", "\"5\"")),
                stock("no version", 428, change("{\"delta\": 3, \"reason\": \"Counted\"}")),
                stock(
                        "stale",
                        412,
                        change("{\"delta\": 3, \"reason\": \"Counted\"}").header("If-Match", "\"4\"")),
                stock("nothing", 422, change("{\"reason\": \"Counted\"}").header("If-Match", "\"5\"")),
                stock(
                        "below zero",
                        409,
                        change("{\"delta\": -11, \"reason\": \"Counted\"}").header("If-Match", "\"5\"")));
    }

    private static Samples ok(Call call) {
        return new Samples("fine", 200, call, List.of());
    }

    private static Samples fails(String name, int status, Call call) {
        return new Samples(name, status, call, List.of());
    }

    private static Samples stock(String name, int status, Call call) {
        return new Samples(
                name, status, call, List.of("update stock_item set on_hand = 10, version = 5 where sku = 'TOY-1002'"));
    }

    private static Call change(String body) {
        return Call.of("changeStockItem").path("sku", "TOY-1002").body(body);
    }

    private static String open(int order) {
        return "update orders set status = 'PAID', cancel_reason = null, version = 1 where id = " + order;
    }

    private static String newOrder(long customerId, String sku, int quantity) {
        return """
               {"customerId": %d, "shippingAddress": %s, "lines": [{"sku": "%s", "quantity": %d}],
                "attributes": {"channel": "web"}}""".formatted(customerId, ADDRESS, sku, quantity);
    }

    /** The body of a reply without what the call has made up. */
    JsonNode comparable(Reply reply) {
        if (!(reply.body() instanceof ObjectNode object)) {
            return reply.body();
        }
        ObjectNode copy = object.deepCopy();
        for (String field : MADE_UP.getOrDefault(call.operation(), List.of())) {
            if (copy.has(field)) {
                copy.put(field, "made up");
            }
        }
        if (copy.path("instance").asString("").startsWith("urn:uuid:")) {
            copy.put("instance", "the call");
        }
        return copy;
    }

    @Override
    public String toString() {
        return call.operation() + ", " + name;
    }
}
