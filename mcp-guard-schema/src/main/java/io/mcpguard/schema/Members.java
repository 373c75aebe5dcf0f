package io.mcpguard.schema;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.MemberScope;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What stands on a property, and on the type arguments of a property that holds several values. */
final class Members {

    private Members() {}

    /** Annotations of the property itself, from its field and its getter; none for the content of a container. */
    static Annotations stated(MemberScope<?, ?> member) {
        if (member.isFakeContainerItemScope()) {
            return Annotations.of(new Annotation[0]);
        }
        AnnotatedElement element = (AnnotatedElement) member.getRawMember();
        return member instanceof FieldScope field && field.findGetter() != null
                ? Annotations.of(element, field.findGetter().getRawMember())
                : Annotations.of(element);
    }

    /** Annotations of the value that a schema describes: of the type argument, for the content of a container or Optional. */
    static Annotations ofValue(MemberScope<?, ?> member) {
        int depth = depthOf(member);
        if (depth == 0) {
            return stated(member);
        }
        AnnotatedType written = writtenType(member);
        for (int i = 0; i < depth; i++) {
            // On an array, an annotation may mean the array as well as what it holds.
            written = written instanceof AnnotatedArrayType ? null : Cascade.contentOf(written);
        }
        return Annotations.of(written == null ? new Annotation[0] : written.getAnnotations());
    }

    /** How many containers the value that a schema describes stands in, within its property. */
    static int depthOf(MemberScope<?, ?> member) {
        ResolvedType type = member.getDeclaredType();
        int depth = 0;
        while (type != null && member.getType() != null && !type.equals(member.getType())) {
            type = contentOf(type);
            depth += type == null ? 0 : 1;
        }
        return depth;
    }

    /** The JSON type whose constraints apply to a value, or an empty text where none do. */
    static String kindOf(MemberScope<?, ?> member) {
        if (member.getType() == null || isReshaped(member)) {
            return "";
        }
        Class<?> raw = member.getType().getErasedType();
        Optional<String> scalar =
                ScalarSchemas.of(raw).map(schema -> schema.path("type").asString(""));
        if (scalar.isPresent()) {
            return scalar.get();
        }
        if (raw == byte[].class) {
            return "";
        }
        if (Map.class.isAssignableFrom(raw)) {
            return "object";
        }
        return member.isContainerType() ? "array" : "";
    }

    /** Whether the value is written in a form of its own. */
    static boolean isReshaped(MemberScope<?, ?> member) {
        JsonFormat format = member.getAnnotationConsideringFieldAndGetterIfSupported(JsonFormat.class);
        return format != null
                && member.getType() != null
                && ScalarSchemas.of(member.getType().getErasedType()).isPresent()
                && (!format.pattern().isEmpty() || format.shape() == JsonFormat.Shape.STRING);
    }

    private static @Nullable ResolvedType contentOf(ResolvedType type) {
        if (type.isArray()) {
            return type.getArrayElementType();
        }
        for (Class<?> container : List.of(Map.class, Iterable.class, Optional.class)) {
            List<ResolvedType> parameters = type.typeParametersFor(container);
            if (parameters != null && !parameters.isEmpty()) {
                return parameters.get(parameters.size() - 1);
            }
        }
        return null;
    }

    private static @Nullable AnnotatedType writtenType(MemberScope<?, ?> member) {
        if (member.getRawMember() instanceof Field field) {
            return field.getAnnotatedType();
        }
        return member.getRawMember() instanceof Method method ? method.getAnnotatedReturnType() : null;
    }
}
