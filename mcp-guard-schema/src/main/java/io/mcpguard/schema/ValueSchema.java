package io.mcpguard.schema;

import io.mcpguard.catalog.Schema;
import java.lang.reflect.AnnotatedElement;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The schema of a value that travels as text in the path, the query or a header, and that the service converts.
 *
 * <p>Enums are spelled as their constants are: frameworks convert text by name, whatever Jackson does in bodies.
 *
 * @since 0.1
 */
public final class ValueSchema {

    private final ObjectNode items;
    private final @Nullable ObjectNode array;

    private ValueSchema(ObjectNode items, @Nullable ObjectNode array) {
        this.items = items;
        this.array = array;
    }

    /**
     * Starts with one value.
     *
     * @param type its type; what is no scalar is converted from text
     * @return its schema so far
     */
    public static ValueSchema of(Class<?> type) {
        return new ValueSchema(one(type), null);
    }

    /**
     * Starts with several values of one type.
     *
     * @param item type of each of them
     * @return their schema so far
     */
    public static ValueSchema listOf(Class<?> item) {
        ObjectNode items = one(item);
        ObjectNode array = ScalarSchemas.typed("array");
        array.set("items", items);
        return new ValueSchema(items, array);
    }

    /**
     * States that dates are written in a form of their own.
     *
     * @param pattern such as {@code dd.MM.yyyy}
     * @return this
     */
    public ValueSchema pattern(String pattern) {
        items.remove("format");
        items.put("description", "A date or time of the form " + pattern);
        return this;
    }

    /**
     * Adds the constraints that the service checks.
     *
     * @param annotations annotations of the parameter or property
     * @param validation what the service validates
     * @return this
     */
    public ValueSchema constrained(AnnotatedElement annotations, Validation validation) {
        Constraints.of(annotations, validation)
                .addTo(whole(), whole().path("type").asString(""));
        return this;
    }

    /**
     * Adds the constraints that the service checks on each of several values.
     *
     * @param annotations annotations of the type argument, as in {@code List<@Size(max = 8) String>}
     * @param validation what the service validates
     * @return this
     */
    public ValueSchema itemsConstrained(AnnotatedElement annotations, Validation validation) {
        Constraints.of(annotations, validation).addTo(items, items.path("type").asString(""));
        return this;
    }

    /**
     * Adds what Swagger's annotations and deprecation say of the value.
     *
     * @param annotations annotations of the parameter or property
     * @return this
     */
    public ValueSchema documented(AnnotatedElement annotations) {
        Swagger.addTo(whole(), whole().path("type").asString(""), Annotations.of(annotations));
        return this;
    }

    /**
     * States what the service takes when the value is absent.
     *
     * @param text as the service's code has it; several values stand between commas
     * @return this
     */
    public ValueSchema absent(String text) {
        ObjectNode schema = whole();
        if (array == null) {
            addDefault(schema, text);
        } else if (items.path("type").asString("").equals("string")) {
            ArrayNode values = schema.putArray("default");
            for (String value : text.split(",", -1)) {
                if (!text.isEmpty()) {
                    values.add(value);
                }
            }
        }
        return this;
    }

    /**
     * Ends the schema.
     *
     * @return everything stated so far
     */
    public Schema schema() {
        return new Schema(whole().toString());
    }

    private ObjectNode whole() {
        return array == null ? items : array;
    }

    private static ObjectNode one(Class<?> type) {
        if (type.isEnum()) {
            ObjectNode schema = ScalarSchemas.typed("string");
            ArrayNode names = schema.putArray("enum");
            for (Object constant : type.getEnumConstants()) {
                names.add(((Enum<?>) constant).name());
            }
            return schema;
        }
        return ScalarSchemas.of(type).orElseGet(() -> ScalarSchemas.typed("string"));
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
            default -> schema.put("default", text);
        }
    }
}
