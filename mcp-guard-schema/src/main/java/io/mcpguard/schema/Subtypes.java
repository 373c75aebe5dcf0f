package io.mcpguard.schema;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.MemberScope;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import com.github.victools.jsonschema.module.jackson.JacksonSchemaModule;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which classes may stand for another one in JSON: those that Jackson's annotations list, and those that a sealed type
 * permits.
 *
 * <p>Victools' Jackson module tells them apart by the discriminator; names of properties come from the mapper.
 */
final class Subtypes extends JacksonSchemaModule {

    private final boolean request;

    Subtypes(boolean request) {
        super(
                JacksonOption.IGNORE_PROPERTY_NAMING_STRATEGY,
                JacksonOption.FLATTENED_ENUMS_FROM_JSONPROPERTY,
                JacksonOption.FLATTENED_ENUMS_FROM_JSONVALUE,
                JacksonOption.RESPECT_JSONPROPERTY_REQUIRED);
        this.request = request;
    }

    @Override
    public void applyToConfigBuilder(SchemaGeneratorConfigBuilder builder) {
        builder.forTypesInGeneral().withCustomDefinitionProvider(this::permitted);
        // What is forbidden besides the properties of an alternative, only that alternative can say.
        builder.forTypesInGeneral().withTypeAttributeOverride((attributes, scope, context) -> {
            if (scope.getType() != null && isOpen(scope.getType().getErasedType())) {
                attributes.remove("additionalProperties");
            }
        });
        super.applyToConfigBuilder(builder);
    }

    private @Nullable CustomDefinition permitted(ResolvedType type, SchemaGenerationContext context) {
        Class<?> raw = type.getErasedType();
        if (!isOpen(raw)) {
            return null;
        }
        ObjectNode definition = JsonNodeFactory.instance.objectNode();
        ArrayNode alternatives = definition.putArray("anyOf");
        of(raw).stream()
                .filter(subtype -> !subtype.isInterface() && !Modifier.isAbstract(subtype.getModifiers()))
                .map(subtype -> context.getTypeContext().resolveSubtype(type, subtype))
                .forEach(subtype -> alternatives.add(context.createDefinitionReference(subtype)));
        return new CustomDefinition(definition);
    }

    /** Without a discriminator Jackson writes the actual class, and reads none of them. */
    private boolean isOpen(Class<?> type) {
        return type.isSealed()
                && !type.isAnnotationPresent(JsonSubTypes.class)
                && (!request || type.isAnnotationPresent(JsonTypeInfo.class));
    }

    /** Lists the classes below a class as far as the code itself says which they are. */
    static List<Class<?>> of(Class<?> type) {
        Set<Class<?>> found = new LinkedHashSet<>();
        collect(type, found);
        found.remove(type);
        return new ArrayList<>(found);
    }

    private static void collect(Class<?> type, Set<Class<?>> found) {
        if (!found.add(type)) {
            return;
        }
        JsonSubTypes listed = type.getAnnotation(JsonSubTypes.class);
        if (listed != null) {
            Stream.of(listed.value()).forEach(subtype -> collect(subtype.value(), found));
        } else if (type.isSealed()) {
            Stream.of(type.getPermittedSubclasses()).forEach(subtype -> collect(subtype, found));
        }
    }

    /** A request schema has no read-only properties at all, and in a response the word says nothing. */
    @Override
    protected boolean getReadOnlyCheck(MemberScope<?, ?> member) {
        return false;
    }

    /** A response schema has no write-only properties at all. */
    @Override
    protected boolean getWriteOnlyCheck(MemberScope<?, ?> member) {
        return false;
    }
}
