package io.mcpguard.schema;

import java.lang.reflect.AnnotatedElement;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes Jakarta Validation constraints into schemas.
 *
 * <p>Only groups that are validated count, and composed constraints count for what they are made of. What JSON Schema cannot
 * say, such as a date in the past, is left to the service.
 *
 * @since 0.1
 */
public final class Constraints {

    private static final Set<String> REFUSE_NULL = Set.of("NotNull", "NotBlank", "NotEmpty");

    private final List<Constraint> constraints;

    private Constraints(List<Constraint> constraints) {
        this.constraints = constraints;
    }

    /**
     * Finds the constraints of an element.
     *
     * @param element a parameter or property
     * @param validation what the service validates
     * @return those of its constraints that are checked
     */
    static Constraints of(AnnotatedElement element, Validation validation) {
        return new Constraints(Constraint.of(Annotations.of(element), validation));
    }

    /**
     * Says whether the service itself refuses null.
     *
     * @param element a parameter or property
     * @param validation what the service validates
     * @return true with NotNull, NotBlank or NotEmpty
     */
    public static boolean refuseNull(AnnotatedElement element, Validation validation) {
        return of(element, validation).refuseNull();
    }

    boolean refuseNull() {
        return constraints.stream().map(Constraint::name).anyMatch(REFUSE_NULL::contains);
    }

    /**
     * Adds what the constraints demand.
     *
     * @param schema where it goes
     * @param type JSON type of the value: string, number, integer, boolean, array or object; else nothing is added
     */
    void addTo(ObjectNode schema, String type) {
        switch (type) {
            case "string" -> addToText(schema);
            case "integer", "number" -> constraints.forEach(constraint -> addToNumber(schema, constraint));
            case "array" -> addSize(schema, "minItems", "maxItems");
            case "object" -> addSize(schema, "minProperties", "maxProperties");
            case "boolean" -> addToFlag(schema);
            default -> {
                // Nothing can be said of it.
            }
        }
    }

    private void addToText(ObjectNode schema) {
        addSize(schema, "minLength", "maxLength");
        if (named("NotBlank").findAny().isPresent()) {
            atLeast(schema, "minLength", BigDecimal.ONE);
        }
        if (named("Email").findAny().isPresent()) {
            schema.put("format", "email");
        }
        List<String> patterns = new ArrayList<>();
        named("Pattern").flatMap(pattern -> regex(pattern).stream()).forEach(patterns::add);
        if (patterns.isEmpty() && named("NotBlank").findAny().isPresent()) {
            patterns.add("\\S");
        }
        if (!patterns.isEmpty()) {
            schema.put("pattern", patterns.get(0));
        }
        if (patterns.size() > 1) {
            ArrayNode all = schema.putArray("allOf");
            patterns.subList(1, patterns.size())
                    .forEach(pattern -> all.addObject().put("pattern", pattern));
        }
    }

    private static Optional<String> regex(Constraint pattern) {
        List<String> flags = pattern.get("flags", Object[].class)
                .map(stated -> Stream.of(stated).map(Object::toString).toList())
                .orElse(List.of());
        String regexp = pattern.get("regexp", String.class).orElse("");
        if (flags.isEmpty()) {
            return EcmaPattern.matchingWhole(regexp);
        }
        return flags.equals(List.of("CASE_INSENSITIVE"))
                ? EcmaPattern.ignoringCase(regexp).flatMap(EcmaPattern::matchingWhole)
                : Optional.empty();
    }

    private static void addToNumber(ObjectNode schema, Constraint constraint) {
        boolean inclusive = constraint.get("inclusive", Boolean.class).orElse(true);
        switch (constraint.name()) {
            case "Min" -> atLeast(schema, "minimum", number(constraint));
            case "Max" -> atMost(schema, "maximum", number(constraint));
            case "DecimalMin" -> atLeast(schema, inclusive ? "minimum" : "exclusiveMinimum", number(constraint));
            case "DecimalMax" -> atMost(schema, inclusive ? "maximum" : "exclusiveMaximum", number(constraint));
            case "Positive" -> atLeast(schema, "exclusiveMinimum", BigDecimal.ZERO);
            case "PositiveOrZero" -> atLeast(schema, "minimum", BigDecimal.ZERO);
            case "Negative" -> atMost(schema, "exclusiveMaximum", BigDecimal.ZERO);
            case "NegativeOrZero" -> atMost(schema, "maximum", BigDecimal.ZERO);
            case "Digits" ->
                constraint
                        .get("integer", Integer.class)
                        .filter(digits -> digits < 100)
                        .map(digits -> new BigDecimal(BigInteger.TEN.pow(digits)))
                        .ifPresent(bound -> {
                            atLeast(schema, "exclusiveMinimum", bound.negate());
                            atMost(schema, "exclusiveMaximum", bound);
                        });
            default -> {
                // Says nothing about a number.
            }
        }
    }

    private static BigDecimal number(Constraint constraint) {
        return new BigDecimal(constraint.get("value", Object.class).orElse(0).toString());
    }

    private void addSize(ObjectNode schema, String min, String max) {
        if (named("NotEmpty").findAny().isPresent()) {
            atLeast(schema, min, BigDecimal.ONE);
        }
        named("Size").forEach(size -> {
            size.get("min", Integer.class)
                    .filter(least -> least > 0)
                    .ifPresent(least -> atLeast(schema, min, new BigDecimal(least)));
            size.get("max", Integer.class)
                    .filter(most -> most < Integer.MAX_VALUE)
                    .ifPresent(most -> atMost(schema, max, new BigDecimal(most)));
        });
    }

    /** Null passes both checks, so only where null is refused is the value certain. */
    private void addToFlag(ObjectNode schema) {
        if (refuseNull()) {
            named("AssertTrue").forEach(a -> schema.put("const", true));
            named("AssertFalse").forEach(a -> schema.put("const", false));
        }
    }

    private Stream<Constraint> named(String name) {
        return constraints.stream().filter(constraint -> constraint.name().equals(name));
    }

    /** Of two bounds the tighter one holds. */
    private static void atLeast(ObjectNode schema, String keyword, BigDecimal bound) {
        if (!schema.has(keyword) || schema.path(keyword).decimalValue().compareTo(bound) < 0) {
            put(schema, keyword, bound);
        }
    }

    private static void atMost(ObjectNode schema, String keyword, BigDecimal bound) {
        if (!schema.has(keyword) || schema.path(keyword).decimalValue().compareTo(bound) > 0) {
            put(schema, keyword, bound);
        }
    }

    private static void put(ObjectNode schema, String keyword, BigDecimal bound) {
        BigDecimal plain = bound.stripTrailingZeros();
        if (plain.scale() <= 0 && plain.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0) {
            long whole = plain.longValueExact();
            if (whole == (int) whole) {
                schema.put(keyword, (int) whole);
            } else {
                schema.put(keyword, whole);
            }
        } else {
            schema.put(keyword, plain);
        }
    }
}
