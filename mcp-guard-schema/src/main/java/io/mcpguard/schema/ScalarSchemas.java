package io.mcpguard.schema;

import java.io.File;
import java.lang.invoke.MethodType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.net.URL;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Currency;
import java.util.Date;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.UUID;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The JSON Schema of types that are one value, in a parameter as in a body. */
final class ScalarSchemas {

    private static final Set<Class<?>> INTEGERS =
            Set.of(Byte.class, Short.class, Integer.class, Long.class, BigInteger.class);

    private static final Set<Class<?>> NUMBERS = Set.of(Float.class, Double.class, BigDecimal.class, Number.class);

    /** Formats of RFC 3339 and others; a local date-time or time has no offset and so fits none of them. */
    private static final Map<Class<?>, String> FORMATS = Map.ofEntries(
            Map.entry(UUID.class, "uuid"),
            // Relative ones are URIs to Java.
            Map.entry(URI.class, "uri-reference"),
            Map.entry(URL.class, "uri"),
            Map.entry(LocalDate.class, "date"),
            Map.entry(Instant.class, "date-time"),
            Map.entry(OffsetDateTime.class, "date-time"),
            Map.entry(ZonedDateTime.class, "date-time"),
            Map.entry(Date.class, "date-time"),
            Map.entry(Calendar.class, "date-time"),
            Map.entry(OffsetTime.class, "time"),
            Map.entry(Duration.class, "duration"));

    private static final Set<Class<?>> TEXTS = Set.of(
            CharSequence.class,
            String.class,
            StringBuilder.class,
            LocalDateTime.class,
            LocalTime.class,
            YearMonth.class,
            MonthDay.class,
            Period.class,
            ZoneId.class,
            TimeZone.class,
            Locale.class,
            Currency.class,
            Charset.class,
            InetAddress.class,
            File.class,
            Path.class);

    private static final Set<Class<?>> TIMES = Set.of(
            Instant.class,
            OffsetDateTime.class,
            ZonedDateTime.class,
            Date.class,
            Calendar.class,
            Duration.class,
            LocalDate.class,
            LocalDateTime.class,
            LocalTime.class);

    private ScalarSchemas() {}

    /**
     * Describes a type that is one value.
     *
     * @param type the type, primitives included
     * @return a new schema that the caller may add to, or empty when the type is something else
     */
    static Optional<ObjectNode> of(Class<?> type) {
        Class<?> boxed = MethodType.methodType(type).wrap().returnType();
        if (boxed == Boolean.class) {
            return Optional.of(typed("boolean"));
        }
        if (boxed == Year.class || INTEGERS.contains(boxed)) {
            ObjectNode schema = typed("integer");
            if (boxed == Integer.class) {
                schema.put("format", "int32");
            } else if (boxed == Long.class) {
                schema.put("format", "int64");
            }
            return Optional.of(schema);
        }
        if (NUMBERS.contains(boxed)) {
            return Optional.of(typed("number"));
        }
        if (boxed == Character.class) {
            return Optional.of(typed("string").put("minLength", 1).put("maxLength", 1));
        }
        String format = FORMATS.get(boxed);
        if (format != null) {
            return Optional.of(typed("string").put("format", format));
        }
        if (TEXTS.contains(boxed) || ZoneId.class.isAssignableFrom(boxed) || Path.class.isAssignableFrom(boxed)) {
            return Optional.of(typed("string"));
        }
        return Optional.empty();
    }

    /**
     * Describes a type that is one value as Jackson writes it, which for dates is a matter of its settings.
     *
     * @param type the type, primitives included
     * @param mapper the service's mapper
     * @return a new schema, or empty when the type is something else
     */
    static Optional<ObjectNode> written(Class<?> type, JsonMapper mapper) {
        boolean numbers = type == Duration.class
                ? mapper.isEnabled(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                : mapper.isEnabled(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS);
        if (!numbers || !TIMES.contains(type)) {
            return of(type);
        }
        boolean parts = type == LocalDate.class || type == LocalDateTime.class || type == LocalTime.class;
        ObjectNode schema = typed(parts ? "array" : "number");
        if (parts) {
            schema.set("items", typed("integer"));
        }
        return Optional.of(schema);
    }

    /** Says whether two values that are equal in JSON are equal in Java, unlike 1.0 and 1.00 of a decimal. */
    static boolean isDistinct(Class<?> type) {
        return INTEGERS.contains(type) || type == String.class || type == UUID.class || type == LocalDate.class;
    }

    /**
     * Starts a schema of one JSON type.
     *
     * @param type name of the JSON type
     * @return a new schema
     */
    static ObjectNode typed(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }
}
