package com.example.orders.order;

import com.example.orders.api.Problem;
import com.example.orders.customer.Address;
import com.example.orders.customer.Customers;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The orders of the shop. */
public final class Orders {

    private final TreeMap<Long, Order> all;
    private final Map<String, BigDecimal> prices;
    private final Customers customers;
    private final InstantSource clock;

    public Orders(Map<Long, Order> all, Map<String, BigDecimal> prices, Customers customers, InstantSource clock) {
        this.all = new TreeMap<>(all);
        this.prices = Map.copyOf(prices);
        this.customers = customers;
        this.clock = clock;
    }

    synchronized Order.Page list(Predicate<Order> wanted, int page, int size) {
        List<Order.Summary> found =
                all.values().stream().filter(wanted).map(Order::summary).toList();
        int from = (int) Math.min((long) page * size, found.size());
        return new Order.Page(found.subList(from, Math.min(from + size, found.size())), page, size, found.size());
    }

    public synchronized Order read(long id) {
        Order order = all.get(id);
        if (order == null) {
            throw Problem.notFound("There is no order " + id + ".");
        }
        return order;
    }

    synchronized Order place(NewOrder wanted) {
        if (!customers.has(wanted.customerId())) {
            throw Problem.unprocessable("Orders need a customer.", "customerId", "is not a customer");
        }
        List<OrderLine> lines = new ArrayList<>();
        for (NewOrder.Line line : wanted.lines()) {
            BigDecimal price = prices.get(line.sku());
            if (price == null) {
                throw Problem.unprocessable(
                        "An order can only hold stock items.", "lines[" + lines.size() + "].sku", "is not an item");
            }
            lines.add(new OrderLine(line.sku(), line.quantity(), price));
        }
        Order placed = Order.of(
                all.lastKey() + 1,
                wanted.customerId(),
                OrderStatus.NEW,
                clock.instant(),
                wanted.shippingAddress(),
                List.copyOf(lines));
        all.put(placed.id(), placed);
        return placed;
    }

    Order cancel(long id, String reason) {
        return change(id, order -> order.cancelled(reason));
    }

    Order redirect(long id, Address address) {
        return change(id, order -> order.sentTo(address));
    }

    private synchronized Order change(long id, UnaryOperator<Order> change) {
        Order order = read(id);
        if (!order.status().isOpen()) {
            throw Problem.conflict("Order " + id + " is " + order.status() + " and cannot be changed.");
        }
        Order changed = change.apply(order);
        all.put(id, changed);
        return changed;
    }

    /** Puts an order back as it was. */
    public synchronized void restore(Order order) {
        all.put(order.id(), order);
    }
}
