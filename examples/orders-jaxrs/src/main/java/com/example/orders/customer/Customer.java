package com.example.orders.customer;

/** A customer with the personal data. */
public record Customer(long id, String name, String email, Address address) {

    /** What everybody in the company may see of a customer. */
    public record Summary(long id, String name, String city, String country) {}

    Summary summary() {
        return new Summary(id, name, address.city(), address.country());
    }

    boolean holds(String word) {
        return (name + " " + email + " " + address.city())
                .toLowerCase(java.util.Locale.ROOT)
                .contains(word);
    }
}
