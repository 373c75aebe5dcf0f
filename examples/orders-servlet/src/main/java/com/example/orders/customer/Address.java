package com.example.orders.customer;

import com.example.orders.http.Input;

/** Where a parcel goes. */
public record Address(String street, String city, String postalCode, String country) {

    public void check(Input input, String field) {
        input.checkText(street, field + ".street", 1, 100);
        input.checkText(city, field + ".city", 1, 60);
        input.check(
                postalCode != null && postalCode.matches("[A-Z0-9][A-Z0-9 -]{2,9}"),
                field + ".postalCode",
                "must be a postal code");
        input.check(
                country != null && country.matches("[A-Z]{2}"), field + ".country", "must be a country of two letters");
    }
}
