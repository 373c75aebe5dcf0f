package com.example.orders.order;

import com.example.orders.customer.Address;
import com.example.orders.customer.CustomerService;
import com.example.orders.inventory.StockItem;
import com.example.orders.inventory.StockService;
import com.example.orders.problem.ApiProblem;
import com.example.orders.problem.FieldProblem;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jdbc.core.JdbcAggregateOperations;
import org.springframework.data.relational.core.query.Query;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Places and changes orders, and keeps the stock in step. */
@Service
public class OrderService {
    private final OrderRepository orders;
    private final JdbcAggregateOperations aggregates;
    private final CustomerService customers;
    private final StockService stock;
    private final Clock clock;

    OrderService(
            OrderRepository orders,
            JdbcAggregateOperations aggregates,
            CustomerService customers,
            StockService stock,
            Clock clock) {
        this.orders = orders;
        this.aggregates = aggregates;
        this.customers = customers;
        this.stock = stock;
        this.clock = clock;
    }

    OrderPage list(OrderFilter filter, Pageable page) {
        return OrderPage.of(aggregates.findAll(Query.query(filter.criteria()), OrderSummary.class, page));
    }

    OrderDetails read(long orderId) {
        return OrderDetails.of(find(orderId));
    }

    @Transactional
    OrderDetails place(NewOrder wanted) {
        Instant now = clock.instant();
        if (!customers.isActive(wanted.customerId())) {
            throw ApiProblem.unprocessable(
                    "Orders need an active customer.", new FieldProblem("customerId", "is not an active customer"));
        }
        requirePossibleDelivery(wanted.deliverBy(), LocalDate.ofInstant(now, ZoneOffset.UTC));
        Map<String, OrderAttribute> attributes = new HashMap<>();
        if (wanted.attributes() != null) {
            wanted.attributes().forEach((name, text) -> attributes.put(name, new OrderAttribute(text)));
        }
        Order order = Order.placed(
                wanted.customerId(),
                now,
                wanted.deliverBy(),
                wanted.shippingAddress(),
                takeFromStock(wanted.lines()),
                attributes);
        return OrderDetails.of(orders.save(order));
    }

    @Transactional
    OrderDetails cancel(long orderId, String reason) {
        Order order = findOpen(orderId);
        for (OrderLine line : order.lines()) {
            stock.take(stock.read(line.sku()), -line.quantity());
        }
        return OrderDetails.of(orders.save(order.cancelled(reason)));
    }

    @Transactional
    OrderDetails redirect(long orderId, Address address) {
        return OrderDetails.of(orders.save(findOpen(orderId).sentTo(address)));
    }

    /** Removes an order without a trace in the stock. */
    @Transactional
    public void purge(long orderId) {
        orders.delete(find(orderId));
    }

    private static void requirePossibleDelivery(@Nullable LocalDate deliverBy, LocalDate today) {
        if (deliverBy != null && (deliverBy.isBefore(today) || deliverBy.isAfter(today.plusYears(1)))) {
            throw ApiProblem.unprocessable(
                    "Orders are delivered within a year.",
                    new FieldProblem("deliverBy", "must lie between today and a year from now"));
        }
    }

    private List<OrderLine> takeFromStock(List<NewOrderLine> wanted) {
        List<OrderLine> lines = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            NewOrderLine line = wanted.get(i);
            String field = "lines[%d].sku".formatted(i);
            StockItem item = stock.find(line.sku())
                    .orElseThrow(() -> ApiProblem.unprocessable(
                            "An order can only hold stock items.", new FieldProblem(field, "is not a stock item")));
            stock.take(item, line.quantity());
            lines.add(new OrderLine(item.sku(), line.quantity(), item.unitPrice()));
        }
        return lines;
    }

    private Order findOpen(long orderId) {
        Order order = find(orderId);
        if (!order.status().isOpen()) {
            throw ApiProblem.conflict("Order %d is %s and cannot be changed.".formatted(orderId, order.status()));
        }
        return order;
    }

    private Order find(long orderId) {
        return orders.findById(orderId)
                .orElseThrow(() -> ApiProblem.notFound("There is no order %d.".formatted(orderId)));
    }
}
