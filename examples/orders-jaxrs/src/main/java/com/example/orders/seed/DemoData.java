package com.example.orders.seed;

import com.example.orders.customer.Address;
import com.example.orders.customer.Customer;
import com.example.orders.order.Order;
import com.example.orders.order.OrderLine;
import com.example.orders.order.OrderStatus;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Data to look at, the same on every machine.
 *
 * @param customers by number
 * @param prices of stock items, by SKU
 * @param orders by number
 */
public record DemoData(Map<Long, Customer> customers, Map<String, BigDecimal> prices, Map<Long, Order> orders) {

    private static final int CUSTOMERS = 400;
    private static final int ORDERS = 3_000;
    private static final Instant FIRST_ORDER = Instant.parse("2024-01-01T06:00:00Z");

    /** 3,000 of these steps end in the last days of 2025. */
    private static final long SECONDS_BETWEEN_ORDERS = 21_000;

    private static final List<String> FIRST_NAMES = List.of(
            "Ada", "Bruno", "Chiara", "Dmitri", "Elena", "Farid", "Greta", "Hugo", "Ines", "Jonas", "Katya", "Liam",
            "Mona", "Nils", "Olga", "Pablo", "Quinn", "Rosa", "Sven", "Tessa");
    private static final List<String> LAST_NAMES = List.of(
            "Almeida",
            "Berg",
            "Costa",
            "Duval",
            "Eriksen",
            "Fontana",
            "Garcia",
            "Hoffmann",
            "Ivanova",
            "Jensen",
            "Kowalski",
            "Lindqvist",
            "Moreau",
            "Novak",
            "Okafor",
            "Petrov",
            "Rossi",
            "Schmidt",
            "Tanaka",
            "Weber");
    private static final List<String> PLACES =
            List.of("Berlin 10115 DE", "Hamburg 20095 DE", "Lyon 69001 FR", "Madrid 28001 ES", "Vienna 1010 AT");
    private static final List<String> SHELVES = List.of("BOO", "GAR", "KIT", "OFF", "TOY");

    public static DemoData generate() {
        DemoData data = new DemoData(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
        Random random = new Random(20_240_101);
        for (long id = 1; id <= CUSTOMERS; id++) {
            data.customers.put(id, customer(id, random));
        }
        for (String shelf : SHELVES) {
            for (int i = 1001; i <= 1024; i++) {
                data.prices.put(shelf + "-" + i, BigDecimal.valueOf(500 + random.nextInt(24_500), 2));
            }
        }
        for (long id = 1; id <= ORDERS; id++) {
            data.orders.put(id, data.order(id, random));
        }
        return data;
    }

    private static Customer customer(long id, Random random) {
        // Every pair of names occurs once.
        String first = FIRST_NAMES.get((int) (id - 1) % FIRST_NAMES.size());
        String last = LAST_NAMES.get((int) (id - 1) / FIRST_NAMES.size());
        String[] place = PLACES.get(random.nextInt(PLACES.size())).split(" ");
        Address address = new Address("Main Street " + (1 + random.nextInt(200)), place[0], place[1], place[2]);
        return new Customer(
                id, first + " " + last, (first + "." + last + "@example.com").toLowerCase(Locale.ROOT), address);
    }

    private Order order(long id, Random random) {
        List<String> skus = List.copyOf(prices.keySet());
        List<OrderLine> lines = new ArrayList<>();
        for (int line = 0; line <= random.nextInt(4); line++) {
            String sku = skus.get(random.nextInt(skus.size()));
            lines.add(new OrderLine(sku, 1 + random.nextInt(5), prices.get(sku)));
        }
        long customer = 1 + random.nextInt(CUSTOMERS);
        return Order.of(
                id,
                customer,
                statusOf((int) id),
                FIRST_ORDER.plusSeconds(SECONDS_BETWEEN_ORDERS * (id - 1)),
                customers.get(customer).address(),
                List.copyOf(lines));
    }

    /** The last 200 orders are still on their way, the others have arrived. */
    private static OrderStatus statusOf(int id) {
        return id <= ORDERS - 200
                ? OrderStatus.DELIVERED
                : List.of(OrderStatus.NEW, OrderStatus.PAID, OrderStatus.SHIPPED)
                        .get(id % 3);
    }
}
