package io.mcpguard.schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.MemberScope;
import com.github.victools.jsonschema.generator.MethodScope;
import java.lang.reflect.Field;
import java.lang.reflect.Type;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.introspect.ClassIntrospector;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which properties a body has and what they are called, asked of the service's own Jackson, so that naming strategies,
 * visibility, mix-ins and ignored properties are those of the service.
 */
final class JacksonProperties {

    private final JsonMapper mapper;
    private final boolean request;
    private final ConcurrentMap<JavaType, BeanDescription> descriptions = new ConcurrentHashMap<>();

    /**
     * Prepares the view.
     *
     * @param mapper the service's mapper
     * @param request true for what is read from requests, false for what is written to responses
     */
    JacksonProperties(JsonMapper mapper, boolean request) {
        this.mapper = mapper;
        this.request = request;
    }

    /** Finds the property that a field holds. */
    Optional<BeanPropertyDefinition> of(FieldScope field) {
        return find(
                field,
                property -> (property.getField() != null
                                && property.getField().getAnnotated().equals(field.getRawMember()))
                        || property.getInternalName().equals(field.getDeclaredName()));
    }

    /** Finds the property that a method alone holds, such as a value computed for a response. */
    Optional<BeanPropertyDefinition> of(MethodScope method) {
        if (request || method.getArgumentCount() > 0 || method.isVoid()) {
            return Optional.empty();
        }
        return find(
                        method,
                        property -> property.getGetter() != null
                                && property.getGetter().getAnnotated().equals(method.getRawMember()))
                .filter(property -> !hasField(method.getDeclaringType().getErasedType(), property.getInternalName()));
    }

    /** Describes a class in the direction of this view. */
    BeanDescription describe(Class<?> type) {
        return describe(type(type));
    }

    /** Describes a type in the direction of this view. */
    BeanDescription describe(JavaType type) {
        return descriptions.computeIfAbsent(type, this::introspect);
    }

    /** Resolves a type as Jackson does. */
    JavaType type(Type type) {
        return mapper.constructType(type);
    }

    private BeanDescription introspect(JavaType javaType) {
        if (request) {
            ClassIntrospector introspector = mapper.deserializationConfig()
                    .classIntrospectorInstance()
                    .forOperation(mapper.deserializationConfig());
            return introspector.introspectForDeserialization(
                    javaType, introspector.introspectClassAnnotations(javaType));
        }
        ClassIntrospector introspector =
                mapper.serializationConfig().classIntrospectorInstance().forOperation(mapper.serializationConfig());
        return introspector.introspectForSerialization(javaType, introspector.introspectClassAnnotations(javaType));
    }

    /** Says whether Jackson leaves a property out when it is null. */
    boolean leavesOutNull(Class<?> type, BeanPropertyDefinition property) {
        JsonInclude.Include inclusion = inclusionOf(type, property).getValueInclusion();
        return inclusion == JsonInclude.Include.NON_NULL
                || inclusion == JsonInclude.Include.NON_ABSENT
                || inclusion == JsonInclude.Include.NON_EMPTY;
    }

    /** Says whether Jackson writes a property whatever its value, unless that is null. */
    boolean writesAll(Class<?> type, BeanPropertyDefinition property) {
        return switch (inclusionOf(type, property).getValueInclusion()) {
            case ALWAYS, USE_DEFAULTS, NON_NULL -> true;
            case NON_ABSENT -> !property.getPrimaryType().isReferenceType();
            default -> false;
        };
    }

    private JsonInclude.Value inclusionOf(Class<?> type, BeanPropertyDefinition property) {
        JsonInclude.Value general = mapper.serializationConfig().getDefaultPropertyInclusion();
        return describe(type).findPropertyInclusion(general).withOverrides(property.findInclusion());
    }

    private Optional<BeanPropertyDefinition> find(
            MemberScope<?, ?> member, Predicate<BeanPropertyDefinition> condition) {
        return describe(member.getDeclaringType().getErasedType()).findProperties().stream()
                .filter(property -> request ? property.couldDeserialize() : property.couldSerialize())
                .filter(condition)
                .findFirst();
    }

    private static boolean hasField(Class<?> type, String name) {
        for (Class<?> level = type; level != null && level != Object.class; level = level.getSuperclass()) {
            for (Field field : level.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    return true;
                }
            }
        }
        return false;
    }
}
