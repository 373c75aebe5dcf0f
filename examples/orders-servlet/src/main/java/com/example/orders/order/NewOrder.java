package com.example.orders.order;

import com.example.orders.customer.Address;
import com.example.orders.http.Input;
import java.util.List;

/** An order to place. */
public record NewOrder(Long customerId, Address shippingAddress, List<Line> lines) {

    /** One item of it; the price is that of the day. */
    public record Line(String sku, Integer quantity) {}

    void check(Input input) {
        input.check(customerId != null && customerId > 0, "customerId", "must be the number of a customer");
        input.check(shippingAddress != null, "shippingAddress", "must be there");
        if (shippingAddress != null) {
            shippingAddress.check(input, "shippingAddress");
        }
        input.check(lines != null && !lines.isEmpty() && lines.size() <= 20, "lines", "must be 1 to 20 lines");
        for (int i = 0; lines != null && i < lines.size(); i++) {
            Line line = lines.get(i);
            String field = "lines[" + i + "]";
            input.check(
                    line != null && line.sku() != null && line.sku().matches("[A-Z]{3}-[0-9]{4}"),
                    field + ".sku",
                    "must be an SKU such as KIT-1002");
            input.check(
                    line != null && line.quantity() != null && line.quantity() >= 1 && line.quantity() <= 100,
                    field + ".quantity",
                    "must be 1 to 100");
        }
    }
}
