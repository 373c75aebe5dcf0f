package io.mcpguard.schema;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Negative;
import jakarta.validation.constraints.NegativeOrZero;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.math.BigDecimal;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes Jakarta Validation constraints into schemas.
 *
 * <p>Only groups that are validated count, and composed constraints count for what they are made of. In a service without
 * Jakarta Validation there are no constraints, and none of its classes is touched.
 *
 * @since 0.1
 */
public final class Constraints {

    static final boolean PRESENT = isPresent();

    private Constraints() {}

    /**
     * Says whether the service itself refuses null.
     *
     * @param element a parameter or property
     * @param validation what the service validates
     * @return true with NotNull, NotBlank or NotEmpty
     */
    public static boolean refuseNull(AnnotatedElement element, Validation validation) {
        if (!PRESENT) {
            return false;
        }
        Checked annotations = new Checked(Annotations.of(element), validation);
        return annotations.find(NotNull.class).isPresent()
                || annotations.find(NotBlank.class).isPresent()
                || annotations.find(NotEmpty.class).isPresent();
    }

    /**
     * Adds what the constraints demand.
     *
     * @param schema a schema whose {@code type} is set
     * @param element the parameter or property
     * @param validation what the service validates
     */
    static void add(ObjectNode schema, AnnotatedElement element, Validation validation) {
        if (!PRESENT) {
            return;
        }
        Checked annotations = new Checked(Annotations.of(element), validation);
        switch (schema.path("type").asString("")) {
            case "string" -> addToText(schema, annotations);
            case "integer", "number" -> addToNumber(schema, annotations);
            case "array" -> addSize(schema, annotations, "minItems", "maxItems");
            default -> {
                // Nothing can be said of a boolean.
            }
        }
    }

    private static void addToText(ObjectNode schema, Checked annotations) {
        addSize(schema, annotations, "minLength", "maxLength");
        if (annotations.find(NotBlank.class).isPresent()) {
            schema.put("minLength", Math.max(1, schema.path("minLength").asInt(0)));
            schema.put("pattern", "\\S");
        }
        if (annotations.find(Email.class).isPresent()) {
            schema.put("format", "email");
        }
        annotations
                .find(Pattern.class)
                .filter(pattern -> pattern.flags().length == 0)
                .flatMap(pattern -> EcmaPattern.matchingWhole(pattern.regexp()))
                .ifPresent(pattern -> schema.put("pattern", pattern));
    }

    private static void addToNumber(ObjectNode schema, Checked annotations) {
        annotations.find(Min.class).ifPresent(min -> schema.put("minimum", min.value()));
        annotations.find(Max.class).ifPresent(max -> schema.put("maximum", max.value()));
        annotations
                .find(DecimalMin.class)
                .ifPresent(min ->
                        schema.put(min.inclusive() ? "minimum" : "exclusiveMinimum", new BigDecimal(min.value())));
        annotations
                .find(DecimalMax.class)
                .ifPresent(max ->
                        schema.put(max.inclusive() ? "maximum" : "exclusiveMaximum", new BigDecimal(max.value())));
        annotations.find(Positive.class).ifPresent(a -> schema.put("exclusiveMinimum", 0));
        annotations.find(PositiveOrZero.class).ifPresent(a -> schema.put("minimum", 0));
        annotations.find(Negative.class).ifPresent(a -> schema.put("exclusiveMaximum", 0));
        annotations.find(NegativeOrZero.class).ifPresent(a -> schema.put("maximum", 0));
    }

    private static void addSize(ObjectNode schema, Checked annotations, String min, String max) {
        if (annotations.find(NotEmpty.class).isPresent()) {
            schema.put(min, 1);
        }
        annotations.find(Size.class).ifPresent(size -> {
            if (size.min() > 0) {
                schema.put(min, size.min());
            }
            if (size.max() < Integer.MAX_VALUE) {
                schema.put(max, size.max());
            }
        });
    }

    private static boolean isPresent() {
        try {
            Class.forName("jakarta.validation.constraints.NotNull", false, Constraints.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** The constraints of one element that are checked. */
    private record Checked(Annotations annotations, Validation validation) {

        <A extends Annotation> Optional<A> find(Class<A> constraint) {
            return annotations
                    .all(constraint)
                    .filter(found -> validation.covers(
                            (Class<?>[]) Annotations.attribute(found, "groups").orElseThrow()))
                    .findFirst();
        }
    }
}
