package com.example.orders.customer;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;

/** Finds customers by words: each word must occur in the name, the city or the e-mail address. */
@Component
class CustomerSearch {
    private final JdbcClient jdbc;

    CustomerSearch(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<CustomerSummary> find(String text, Optional<String> country, int limit) {
        String[] words = text.strip().toLowerCase(Locale.ROOT).split("\\s+");
        StringBuilder sql = new StringBuilder("select id, name, city, country, segment from customer where true");
        for (int i = 0; i < words.length; i++) {
            sql.append(" and locate(:word").append(i).append(", lower(name || ' ' || city || ' ' || email)) > 0");
        }
        country.ifPresent(code -> sql.append(" and country = :country"));
        sql.append(" order by name, id limit :limit");

        StatementSpec statement = jdbc.sql(sql.toString()).param("limit", limit);
        for (int i = 0; i < words.length; i++) {
            statement = statement.param("word" + i, words[i]);
        }
        if (country.isPresent()) {
            statement = statement.param("country", country.get());
        }
        return statement.query(CustomerSummary.class).list();
    }
}
