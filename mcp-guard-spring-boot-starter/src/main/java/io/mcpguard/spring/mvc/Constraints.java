package io.mcpguard.spring.mvc;

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
import jakarta.validation.groups.Default;
import java.lang.annotation.Annotation;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes Jakarta Validation constraints of a handler's parameter into its schema.
 *
 * <p>Only the default group counts, and composed constraints count for what they are made of. In a service without Jakarta
 * Validation there are no constraints, and none of its classes is touched.
 */
final class Constraints {

    private static final boolean PRESENT =
            ClassUtils.isPresent("jakarta.validation.constraints.NotNull", Constraints.class.getClassLoader());

    private Constraints() {}

    /**
     * Says whether the service itself refuses null.
     *
     * @param annotations annotations of a parameter or property
     * @return true with NotNull, NotBlank or NotEmpty
     */
    static boolean refuseNull(MergedAnnotations annotations) {
        return PRESENT
                && (find(annotations, NotNull.class).isPresent()
                        || find(annotations, NotBlank.class).isPresent()
                        || find(annotations, NotEmpty.class).isPresent());
    }

    /**
     * Says whether an argument is validated as a whole.
     *
     * @param annotations its annotations
     * @return true when one of them is Valid or Validated, or an own annotation whose name starts so, as Spring has it
     */
    static boolean validate(Annotation[] annotations) {
        return PRESENT
                && Arrays.stream(annotations)
                        .anyMatch(annotation ->
                                annotation.annotationType().getSimpleName().startsWith("Valid"));
    }

    /**
     * Leaves the constraints out, for what the service declares but does not validate.
     *
     * @param annotations annotations of a parameter or property
     * @return the others
     */
    static Annotation[] without(Annotation[] annotations) {
        return Arrays.stream(annotations)
                .filter(annotation -> !MergedAnnotations.from(annotation).isPresent("jakarta.validation.Constraint"))
                .toArray(Annotation[]::new);
    }

    /**
     * Adds what the constraints demand.
     *
     * @param schema a schema whose {@code type} is set
     * @param annotations annotations of the parameter or property
     */
    static void add(ObjectNode schema, MergedAnnotations annotations) {
        if (!PRESENT) {
            return;
        }
        switch (schema.path("type").asString("")) {
            case "string" -> addToText(schema, annotations);
            case "integer", "number" -> addToNumber(schema, annotations);
            case "array" -> addSize(schema, annotations, "minItems", "maxItems");
            default -> {
                // Nothing can be said of a boolean.
            }
        }
    }

    private static void addToText(ObjectNode schema, MergedAnnotations annotations) {
        addSize(schema, annotations, "minLength", "maxLength");
        if (find(annotations, NotBlank.class).isPresent()) {
            schema.put("minLength", Math.max(1, schema.path("minLength").asInt(0)));
            schema.put("pattern", "\\S");
        }
        if (find(annotations, Email.class).isPresent()) {
            schema.put("format", "email");
        }
        find(annotations, Pattern.class)
                .map(MergedAnnotation::synthesize)
                .filter(pattern -> pattern.flags().length == 0)
                .flatMap(pattern -> EcmaPattern.matchingWhole(pattern.regexp()))
                .ifPresent(pattern -> schema.put("pattern", pattern));
    }

    private static void addToNumber(ObjectNode schema, MergedAnnotations annotations) {
        find(annotations, Min.class).ifPresent(min -> schema.put("minimum", min.getLong("value")));
        find(annotations, Max.class).ifPresent(max -> schema.put("maximum", max.getLong("value")));
        find(annotations, DecimalMin.class)
                .ifPresent(min -> schema.put(
                        min.getBoolean("inclusive") ? "minimum" : "exclusiveMinimum",
                        new BigDecimal(min.getString("value"))));
        find(annotations, DecimalMax.class)
                .ifPresent(max -> schema.put(
                        max.getBoolean("inclusive") ? "maximum" : "exclusiveMaximum",
                        new BigDecimal(max.getString("value"))));
        find(annotations, Positive.class).ifPresent(a -> schema.put("exclusiveMinimum", 0));
        find(annotations, PositiveOrZero.class).ifPresent(a -> schema.put("minimum", 0));
        find(annotations, Negative.class).ifPresent(a -> schema.put("exclusiveMaximum", 0));
        find(annotations, NegativeOrZero.class).ifPresent(a -> schema.put("maximum", 0));
    }

    private static void addSize(ObjectNode schema, MergedAnnotations annotations, String min, String max) {
        if (find(annotations, NotEmpty.class).isPresent()) {
            schema.put(min, 1);
        }
        find(annotations, Size.class).ifPresent(size -> {
            if (size.getInt("min") > 0) {
                schema.put(min, size.getInt("min"));
            }
            if (size.getInt("max") < Integer.MAX_VALUE) {
                schema.put(max, size.getInt("max"));
            }
        });
    }

    private static <A extends Annotation> Optional<MergedAnnotation<A>> find(
            MergedAnnotations annotations, Class<A> constraint) {
        return annotations.stream(constraint)
                .filter(found -> {
                    Class<?>[] groups = found.getClassArray("groups");
                    return groups.length == 0 || Arrays.asList(groups).contains(Default.class);
                })
                .findFirst();
    }
}
