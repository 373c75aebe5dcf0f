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
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The JSON Schema of types that are one value, in a parameter as in a body. */
final class ScalarSchemas {

    private static final Set<Class<?>> INTEGERS =
            Set.of(Byte.class, Short.class, Integer.class, Long.class, BigInteger.class);

    private static final Set<Class<?>> NUMBERS = Set.of(Float.class, Double.class, BigDecimal.class, Number.class);

    /** Formats of RFC 3339 and others; a local date-time or time has no offset and so fits none of them. */
    private static final Map<Class<?>, String> FORMATS = Map.of(
            UUID.class, "uuid",
            LocalDate.class, "date",
            Instant.class, "date-time",
            OffsetDateTime.class, "date-time",
            ZonedDateTime.class, "date-time",
            Date.class, "date-time",
            Calendar.class, "date-time",
            OffsetTime.class, "time",
            Duration.class, "duration");

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
            URI.class,
            URL.class,
            InetAddress.class,
            File.class,
            Path.class);

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
     * Starts a schema of one JSON type.
     *
     * @param type name of the JSON type
     * @return a new schema
     */
    static ObjectNode typed(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }
}
