package com.example.orders.customer;

import com.example.orders.api.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The customers of the shop. */
public final class Customers {

    private final Map<Long, Customer> all;

    public Customers(Map<Long, Customer> all) {
        this.all = new TreeMap<>(all);
    }

    /** Those whose name, city or e-mail address holds all words. */
    List<Customer.Summary> find(String words, int limit) {
        List<String> wanted = List.of(words.toLowerCase(Locale.ROOT).strip().split("\\s+"));
        return all.values().stream()
                .filter(customer -> wanted.stream().allMatch(customer::holds))
                .limit(limit)
                .map(Customer::summary)
                .toList();
    }

    public Customer read(long id) {
        return Stream.ofNullable(all.get(id))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("There is no customer " + id + "."));
    }

    public boolean has(long id) {
        return all.containsKey(id);
    }
}
