package com.example.orders.customer;

import com.example.orders.http.Answers;
import com.example.orders.http.ApiServlet;
import com.example.orders.http.Input;
import com.example.orders.http.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code /api/customers}. */
public final class CustomersServlet extends ApiServlet {

    private static final long serialVersionUID = 1L;

    private final transient Customers customers;

    public CustomersServlet(Customers customers) {
        this.customers = customers;
    }

    @Override
    protected void serve(HttpServletRequest request, HttpServletResponse response, Target target) throws IOException {
        if (!request.getMethod().equals("GET")) {
            throw Problem.methodNotAllowed();
        }
        if (!target.part().isEmpty()) {
            throw Problem.notFound("There is nothing at this address.");
        }
        if (target.id() > 0) {
            Answers.json(response, 200, customers.read(target.id()));
            return;
        }
        Input input = new Input(request);
        String words = input.text("q").orElse("");
        input.checkText(words, "q", 1, 100);
        int limit = input.integer("limit", 20, 1, 50);
        input.complete();
        Answers.json(response, 200, customers.find(words, limit));
    }
}
