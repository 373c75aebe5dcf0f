package io.mcpguard.spring.mvc;

import io.mcpguard.schema.Annotations;
import io.mcpguard.schema.Validation;
import io.mcpguard.schema.ValueSchema;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.format.annotation.DateTimeFormat;

/** Values that travel as text and that Spring converts. */
final class SpringValues {

    private SpringValues() {}

    /**
     * Describes a value.
     *
     * @param type its type, with an Optional around it taken off
     * @param annotations annotations of the parameter or property
     * @param validation what the service validates of it
     * @return its schema, to which may be added
     */
    static ValueSchema of(ResolvableType type, Annotations annotations, Validation validation) {
        ResolvableType item = itemOf(type);
        ValueSchema schema = item == null
                ? ValueSchema.of(type.resolve(String.class))
                : ValueSchema.listOf(item.resolve(String.class));
        MergedAnnotation<DateTimeFormat> format =
                MergedAnnotations.from(annotations.getAnnotations()).get(DateTimeFormat.class);
        if (format.isPresent() && !format.getString("pattern").isEmpty()) {
            schema.pattern(format.getString("pattern"));
        }
        return schema.documented(annotations).constrained(annotations, validation);
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
}
