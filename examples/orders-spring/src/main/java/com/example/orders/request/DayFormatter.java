package com.example.orders.request;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;
import org.springframework.format.Formatter;
import org.springframework.stereotype.Component;

/** Days in parameters are ISO days of four-digit years, whatever the locale; later years overflow in the database. */
@Component
class DayFormatter implements Formatter<LocalDate> {
    private static final DateTimeFormatter ISO_DAY = new DateTimeFormatterBuilder()
            .appendValue(ChronoField.YEAR, 4)
            .appendPattern("-MM-dd")
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    @Override
    public LocalDate parse(String text, Locale locale) {
        return LocalDate.parse(text, ISO_DAY);
    }

    @Override
    public String print(LocalDate day, Locale locale) {
        return day.format(ISO_DAY);
    }
}
