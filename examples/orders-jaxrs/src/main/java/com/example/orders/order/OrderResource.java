package com.example.orders.order;

import com.example.orders.customer.Address;
import com.example.orders.security.Role;
import io.mcpguard.annotation.McpOperation;
import io.mcpguard.annotation.McpProduct;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.net.URI;

/** {@code /api/orders}. */
@Path("orders")
@Produces("application/json")
@Consumes("application/json")
@McpProduct(
        value = "orders",
        name = "Orders",
        description = "Orders of the shop: find, place, cancel and redirect them. Amounts are in euros.")
public class OrderResource {

    private final Orders orders;

    @Inject
    public OrderResource(Orders orders) {
        this.orders = orders;
    }

    @McpOperation(
            id = "listOrders",
            title = "List orders",
            description =
                    "Finds orders by status and customer, a page at a time. Use it to look for orders or to count "
                            + "them: totalItems counts all that match. Pages count from 0. The lines of an order are not in "
                            + "here; getOrder has them.")
    @GET
    @RolesAllowed({Role.USER, Role.SUPPORT, Role.DEVELOPER, Role.ADMIN})
    public Order.Page list(
            @QueryParam("status") OrderStatus status,
            @QueryParam("customerId") @Min(1) Long customerId,
            @QueryParam("page") @DefaultValue("0") @Min(0) int page,
            @QueryParam("size") @DefaultValue("20") @Min(1) @Max(100) int size) {
        return orders.list(
                order -> (status == null || order.status() == status)
                        && (customerId == null || order.customerId() == customerId),
                page,
                size);
    }

    @McpOperation(
            id = "getOrder",
            title = "Get an order",
            description = "Reads one order by its number: lines with prices, status, shipping address and total in "
                    + "euros. Use it when you know the number; listOrders finds numbers.")
    @GET
    @Path("{orderId}")
    @RolesAllowed({Role.USER, Role.SUPPORT, Role.DEVELOPER, Role.ADMIN})
    public Order read(@PathParam("orderId") @Min(1) long orderId) {
        return orders.read(orderId);
    }

    @McpOperation(
            id = "placeOrder",
            title = "Place an order",
            description = "Places an order for an existing customer at the prices of today. Every call places another "
                    + "order. 422 means that the customer or an item does not exist.")
    @POST
    @RolesAllowed({Role.USER, Role.SUPPORT, Role.ADMIN})
    public Response place(@NotNull @Valid NewOrder order) {
        Order placed = orders.place(order);
        return Response.created(URI.create("/api/orders/" + placed.id()))
                .entity(placed)
                .build();
    }

    @McpOperation(
            id = "cancelOrder",
            title = "Cancel an order",
            description =
                    "Cancels an order that has not shipped. This cannot be undone. Ask for the reason, it is kept. "
                            + "409 means that it has shipped or is cancelled already.",
            destructive = McpOperation.Hint.YES)
    @POST
    @Path("{orderId}/cancel")
    @RolesAllowed({Role.USER, Role.SUPPORT, Role.ADMIN})
    public Order cancel(@PathParam("orderId") @Min(1) long orderId, @NotNull @Valid Cancellation cancellation) {
        return orders.cancel(orderId, cancellation.reason());
    }

    @McpOperation(
            id = "changeShippingAddress",
            title = "Change the shipping address",
            description = "Sends an order that has not shipped to another address. Give the whole address, nothing of "
                    + "the old one is kept. 409 means that the order has shipped or is cancelled.")
    @PUT
    @Path("{orderId}/shipping-address")
    @RolesAllowed({Role.USER, Role.SUPPORT, Role.ADMIN})
    public Order redirect(@PathParam("orderId") @Min(1) long orderId, @NotNull @Valid Address address) {
        return orders.redirect(orderId, address);
    }
}
