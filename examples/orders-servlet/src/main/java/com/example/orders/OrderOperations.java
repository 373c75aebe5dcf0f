package com.example.orders;

import com.example.orders.customer.Address;
import com.example.orders.customer.Customer;
import com.example.orders.http.Answers;
import com.example.orders.order.Cancellation;
import com.example.orders.order.NewOrder;
import com.example.orders.order.Order;
import io.mcpguard.catalog.OperationSource;
import io.mcpguard.catalog.Operations;
import io.mcpguard.catalog.Schema;
import io.mcpguard.schema.BodySchemas;
import io.mcpguard.schema.Validation;

/** What AI clients may be granted of this service. What is not listed here no profile can open. */
final class OrderOperations {

    private static final Schema ORDER_NUMBER = Schema.integer(1, 1_000_000_000);

    private OrderOperations() {}

    static OperationSource list() {
        BodySchemas schemas = new BodySchemas(Answers.JSON);
        Schema order = schemas.response(Order.class);
        return Operations.product(
                        "orders",
                        "Orders",
                        "Orders of the shop: find, place, cancel and redirect them. Amounts are in euros.")
                .operation("listOrders", "GET", "/api/orders")
                .title("List orders")
                .description(
                        "Finds orders by status and customer, a page at a time. Use it to look for orders or to count "
                                + "them: totalItems counts all that match. The lines of an order are not in here; getOrder has them.")
                .query("status", Schema.oneOf("NEW", "PAID", "SHIPPED", "DELIVERED", "CANCELLED"), "only these")
                .query("customerId", ORDER_NUMBER, "only orders of this customer")
                .query("page", Schema.integer(0, 1_000_000), "pages count from 0, which is the one without this")
                .query("size", Schema.integer(1, 100), "orders on a page, 20 if left out")
                .answers(200, "A page of orders.", schemas.response(Order.Page.class))
                .operation("getOrder", "GET", "/api/orders/{orderId}")
                .title("Get an order")
                .description("Reads one order by its number: lines with prices, status, shipping address and total in "
                        + "euros. Use it when you know the number; listOrders finds numbers.")
                .path("orderId", ORDER_NUMBER, "number of the order")
                .answers(200, "The order.", order)
                .answers(404, "There is no such order.")
                .operation("placeOrder", "POST", "/api/orders")
                .title("Place an order")
                .description(
                        "Places an order for an existing customer at the prices of today. Every call places another "
                                + "order. 422 means that the customer or an item does not exist.")
                .body(schemas.request(NewOrder.class, Validation.NONE))
                .answers(201, "The order as placed.", order)
                .answers(422, "The customer or an item does not exist.")
                .operation("cancelOrder", "POST", "/api/orders/{orderId}/cancel")
                .title("Cancel an order")
                .description(
                        "Cancels an order that has not shipped. This cannot be undone. Ask for the reason, it is kept. "
                                + "409 means that it has shipped or is cancelled already.")
                .path("orderId", ORDER_NUMBER, "number of the order")
                .body(schemas.request(Cancellation.class, Validation.NONE))
                .destructive()
                .answers(200, "The order as it is now.", order)
                .answers(409, "It has shipped or is cancelled already.")
                .operation("changeShippingAddress", "PUT", "/api/orders/{orderId}/shipping-address")
                .title("Change the shipping address")
                .description(
                        "Sends an order that has not shipped to another address. Give the whole address, nothing of "
                                + "the old one is kept. 409 means that the order has shipped or is cancelled.")
                .path("orderId", ORDER_NUMBER, "number of the order")
                .body(schemas.request(Address.class, Validation.NONE))
                .answers(200, "The order as it is now.", order)
                .answers(409, "It has shipped or is cancelled.")
                .product(
                        "customers",
                        "Customers",
                        "Who buys. Names and cities are for everybody, the rest is personal data for support.")
                .operation("searchCustomers", "GET", "/api/customers")
                .title("Search customers")
                .description(
                        "Finds customers whose name, city or e-mail address holds all words of q, in any order and "
                                + "case. Use it to get from a name to a customer number.")
                .requiredQuery("q", new Schema("{\"type\":\"string\",\"minLength\":1,\"maxLength\":100}"), "words")
                .query("limit", Schema.integer(1, 50), "how many at most, 20 if left out")
                .answers(200, "The customers found.")
                .operation("getCustomer", "GET", "/api/customers/{customerId}")
                .title("Get a customer")
                .description(
                        "Reads one customer by number with the personal data. Use searchCustomers when a name and a "
                                + "city are enough.")
                .path("customerId", ORDER_NUMBER, "number of the customer")
                .answers(200, "The customer.", schemas.response(Customer.class))
                .answers(404, "There is no such customer.")
                .build();
    }
}
