package com.example.orders.order;

import com.example.orders.customer.Address;
import com.example.orders.http.Answers;
import com.example.orders.http.ApiServlet;
import com.example.orders.http.Input;
import com.example.orders.http.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** {@code /api/orders}. */
public final class OrdersServlet extends ApiServlet {

    private static final long serialVersionUID = 1L;

    private final transient Orders orders;

    public OrdersServlet(Orders orders) {
        this.orders = orders;
    }

    @Override
    protected void serve(HttpServletRequest request, HttpServletResponse response, Target target) throws IOException {
        boolean one = target.id() > 0;
        switch (request.getMethod() + (one ? " one " : " all ") + target.part()) {
            case "GET all " -> Answers.json(response, 200, list(new Input(request)));
            case "POST all " -> {
                Order placed = place(new Input(request));
                response.setHeader("Location", "/api/orders/" + placed.id());
                Answers.json(response, 201, placed);
            }
            case "GET one " -> Answers.json(response, 200, orders.read(target.id()));
            case "POST one cancel" -> Answers.json(response, 200, cancel(new Input(request), target.id()));
            case "PUT one shipping-address" -> Answers.json(response, 200, redirect(new Input(request), target.id()));
            default ->
                throw one == target.part().isEmpty()
                        ? Problem.methodNotAllowed()
                        : Problem.notFound("There is nothing at this address.");
        }
    }

    private Order.Page list(Input input) {
        Optional<OrderStatus> status = input.word("status", OrderStatus.class);
        int customer = input.integer("customerId", 0, 1, Integer.MAX_VALUE);
        int page = input.integer("page", 0, 0, 1_000_000);
        int size = input.integer("size", 20, 1, 100);
        input.complete();
        return orders.list(
                order -> status.map(order.status()::equals).orElse(true)
                        && (customer == 0 || order.customerId() == customer),
                page,
                size);
    }

    private Order place(Input input) throws IOException {
        NewOrder wanted = input.body(NewOrder.class);
        wanted.check(input);
        input.complete();
        return orders.place(wanted);
    }

    private Order cancel(Input input, long id) throws IOException {
        Cancellation cancellation = input.body(Cancellation.class);
        input.checkText(cancellation.reason(), "reason", 3, 200);
        input.complete();
        return orders.cancel(id, cancellation.reason());
    }

    private Order redirect(Input input, long id) throws IOException {
        Address address = input.body(Address.class);
        address.check(input, "address");
        input.complete();
        return orders.redirect(id, address);
    }
}
