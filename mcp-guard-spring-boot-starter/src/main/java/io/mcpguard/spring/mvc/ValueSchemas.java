package io.mcpguard.spring.mvc;

import io.mcpguard.catalog.Schema;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.util.StringUtils;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The schema of a value that travels as text in the path, the query or a header and that Spring converts.
 *
 * <p>Enums are spelled as their constants are: Spring converts by name, whatever Jackson does in bodies.
 */
final class ValueSchemas {

    private ValueSchemas() {}

    /**
     * Describes a value.
     *
     * @param type its type, with an Optional around it taken off
     * @param annotations annotations of the parameter or property
     * @param annotated the type as written, for constraints on the items of a list
     * @param defaultValue what Spring takes when it is absent, or null
     * @return the schema
     */
    static Schema of(
            ResolvableType type,
            MergedAnnotations annotations,
            @Nullable AnnotatedType annotated,
            @Nullable String defaultValue) {
        ObjectNode schema;
        ResolvableType item = itemOf(type);
        if (item != null) {
            ObjectNode items = one(item.resolve(String.class), annotations);
            if (annotated instanceof AnnotatedParameterizedType list
                    && list.getAnnotatedActualTypeArguments().length == 1) {
                Constraints.add(
                        items, MergedAnnotations.from(list.getAnnotatedActualTypeArguments()[0].getAnnotations()));
            }
            schema = ScalarSchemas.typed("array");
            schema.set("items", items);
        } else {
            schema = one(type.resolve(String.class), annotations);
        }
        Constraints.add(schema, annotations);
        if (defaultValue != null) {
            addDefault(schema, defaultValue);
        }
        return new Schema(schema.toString());
    }

    /**
     * Says what a type with several values holds.
     *
     * @param type the type of a parameter or property
     * @return the type of one value, or null when the type is one value itself
     */
    static @Nullable ResolvableType itemOf(ResolvableType type) {
        Class<?> raw = type.resolve(Object.class);
        if (raw == byte[].class || raw == char[].class) {
            return null;
        }
        if (raw.isArray()) {
            return type.getComponentType();
        }
        return Collection.class.isAssignableFrom(raw)
                ? type.as(Collection.class).getGeneric(0)
                : null;
    }

    private static ObjectNode one(Class<?> type, MergedAnnotations annotations) {
        if (type.isEnum()) {
            ObjectNode schema = ScalarSchemas.typed("string");
            ArrayNode names = schema.putArray("enum");
            for (Object constant : type.getEnumConstants()) {
                names.add(((Enum<?>) constant).name());
            }
            return schema;
        }
        // Whatever else it is, Spring makes it from text.
        ObjectNode schema = ScalarSchemas.of(type).orElseGet(() -> ScalarSchemas.typed("string"));
        MergedAnnotation<DateTimeFormat> format = annotations.get(DateTimeFormat.class);
        if (format.isPresent() && !format.getString("pattern").isEmpty()) {
            schema.remove("format");
            schema.put("description", "A date or time of the form " + format.getString("pattern"));
        }
        return schema;
    }

    private static void addDefault(ObjectNode schema, String text) {
        switch (schema.path("type").asString("")) {
            case "boolean" -> schema.put("default", Boolean.parseBoolean(text));
            case "integer" -> {
                if (text.matches("-?[0-9]{1,18}")) {
                    schema.put("default", Long.parseLong(text));
                }
            }
            case "number" -> {
                if (text.matches("-?[0-9]{1,18}(\\.[0-9]{1,18})?")) {
                    schema.put("default", new BigDecimal(text));
                }
            }
            case "array" -> {
                ArrayNode values = schema.putArray("default");
                Arrays.stream(StringUtils.commaDelimitedListToStringArray(text)).forEach(values::add);
                if (!schema.path("items").path("type").asString("").equals("string")) {
                    schema.remove("default");
                }
            }
            default -> schema.put("default", text);
        }
    }
}
