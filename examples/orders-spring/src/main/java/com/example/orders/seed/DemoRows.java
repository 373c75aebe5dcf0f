package com.example.orders.seed;

import com.example.orders.customer.Segment;
import com.example.orders.inventory.Category;
import com.example.orders.order.OrderStatus;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** The rows of the demo data, the same ones on every machine. */
record DemoRows(
        List<Object[]> customers,
        List<Object[]> stockItems,
        List<Object[]> orders,
        List<Object[]> orderLines,
        List<Object[]> orderAttributes) {

    private static final int CUSTOMERS = 400;
    private static final int ITEMS_PER_CATEGORY = 24;
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
    private static final List<String> ADJECTIVES =
            List.of("Blue", "Compact", "Classic", "Folding", "Large", "Oak", "Steel", "Travel");
    private static final List<Place> PLACES = List.of(
            new Place("Berlin", "10115", "DE"),
            new Place("Hamburg", "20095", "DE"),
            new Place("Lyon", "69001", "FR"),
            new Place("Paris", "75001", "FR"),
            new Place("Madrid", "28001", "ES"),
            new Place("Porto", "4000-001", "PT"),
            new Place("Turin", "10121", "IT"),
            new Place("Vienna", "1010", "AT"));

    static DemoRows generate() {
        DemoRows rows = new DemoRows(
                new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        Random random = new Random(20_240_101);
        rows.addCustomers(random);
        rows.addStockItems(random);
        for (int id = 1; id <= ORDERS; id++) {
            rows.addOrder(id, random);
        }
        return rows;
    }

    private void addCustomers(Random random) {
        for (int id = 1; id <= CUSTOMERS; id++) {
            // Every pair of names occurs once.
            String first = FIRST_NAMES.get((id - 1) % FIRST_NAMES.size());
            String last = LAST_NAMES.get((id - 1) / FIRST_NAMES.size());
            Place place = pick(PLACES, random);
            customers.add(new Object[] {
                id,
                first + " " + last,
                (first + "." + last + "@example.com").toLowerCase(Locale.ROOT),
                id % 3 == 0 ? null : "+49 30 555 %04d".formatted(id),
                pick(List.of(Segment.values()), random).name(),
                "Main Street " + (1 + random.nextInt(200)),
                place.city(),
                place.postalCode(),
                place.country(),
                FIRST_ORDER.minusSeconds(86_400L * (CUSTOMERS - id))
            });
        }
    }

    private void addStockItems(Random random) {
        for (Category category : Category.values()) {
            List<String> nouns = nounsOf(category);
            for (int i = 0; i < ITEMS_PER_CATEGORY; i++) {
                stockItems.add(new Object[] {
                    "%s-%04d".formatted(category.name().substring(0, 3), 1001 + i),
                    ADJECTIVES.get(i % ADJECTIVES.size()) + " " + nouns.get(i / ADJECTIVES.size()),
                    category.name(),
                    random.nextInt(200),
                    25,
                    BigDecimal.valueOf(500 + random.nextInt(24_500), 2),
                    FIRST_ORDER
                });
            }
        }
    }

    private void addOrder(int id, Random random) {
        Instant placedAt = FIRST_ORDER.plusSeconds(SECONDS_BETWEEN_ORDERS * (id - 1));
        OrderStatus status = statusOf(id);
        BigDecimal total = BigDecimal.ZERO;
        int lines = 1 + random.nextInt(4);
        for (int line = 0; line < lines; line++) {
            Object[] item = pick(stockItems, random);
            int quantity = 1 + random.nextInt(5);
            BigDecimal unitPrice = (BigDecimal) item[5];
            orderLines.add(new Object[] {id, line, item[0], quantity, unitPrice});
            total = total.add(unitPrice.multiply(BigDecimal.valueOf(quantity)));
        }
        Object[] customer = pick(customers, random);
        orders.add(new Object[] {
            id,
            customer[0],
            status.name(),
            placedAt,
            id % 4 == 0 ? LocalDate.ofInstant(placedAt, ZoneOffset.UTC).plusDays(7) : null,
            customer[5],
            customer[6],
            customer[7],
            customer[8],
            total,
            status == OrderStatus.CANCELLED ? "Customer changed their mind" : null
        });
        if (id % 5 == 0) {
            orderAttributes.add(new Object[] {id, "channel", id % 2 == 0 ? "web" : "phone"});
        }
    }

    /** The last 200 orders are still on their way, the others have arrived or were cancelled. */
    private static OrderStatus statusOf(int id) {
        if (id % 17 == 0) {
            return OrderStatus.CANCELLED;
        }
        if (id <= ORDERS - 200) {
            return OrderStatus.DELIVERED;
        }
        return List.of(OrderStatus.NEW, OrderStatus.PAID, OrderStatus.SHIPPED).get(id % 3);
    }

    private static List<String> nounsOf(Category category) {
        return switch (category) {
            case BOOKS -> List.of("Atlas", "Cookbook", "Diary");
            case GARDEN -> List.of("Bench", "Lantern", "Spade");
            case KITCHEN -> List.of("Kettle", "Knife", "Pan");
            case OFFICE -> List.of("Desk", "Lamp", "Shelf");
            case TOYS -> List.of("Kite", "Puzzle", "Train");
        };
    }

    private static <T> T pick(List<T> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }

    private record Place(String city, String postalCode, String country) {}
}
