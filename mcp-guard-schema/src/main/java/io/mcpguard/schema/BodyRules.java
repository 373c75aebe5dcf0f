package io.mcpguard.schema;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.CustomPropertyDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.MemberScope;
import com.github.victools.jsonschema.generator.MethodScope;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigPart;
import com.github.victools.jsonschema.generator.TypeScope;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a body schema takes from the service's Jackson and from nullness, besides what victools reads itself. */
final class BodyRules {

    private final JsonMapper mapper;
    private final JacksonProperties properties;
    private final boolean request;
    private final Cascade cascade;

    BodyRules(JsonMapper mapper, JacksonProperties properties, boolean request, Cascade cascade) {
        this.mapper = mapper;
        this.properties = properties;
        this.request = request;
        this.cascade = cascade;
    }

    void applyTo(SchemaGeneratorConfigBuilder builder) {
        builder.forTypesInGeneral()
                .withCustomDefinitionProvider(this::definition)
                // Fields as declared, then what is computed.
                .withPropertySorter(Comparator.comparing(MethodScope.class::isInstance));
        builder.forTypesInGeneral().withDescriptionResolver(BodyRules::describe);
        builder.forTypesInGeneral()
                .withTypeAttributeOverride((attributes, scope, context) -> nameKeys(attributes, scope));
        applyTo(builder.forFields(), properties::of, field -> Nullness.of(field.getRawMember()));
        applyTo(builder.forMethods(), properties::of, method -> Nullness.ofResult(method.getRawMember()));
        // A setter or a plain method is no property; only what Jackson writes is.
        builder.forMethods().withIgnoreCheck(MethodScope::isVoid);
    }

    private <M extends MemberScope<?, ?>> void applyTo(
            SchemaGeneratorConfigPart<M> part,
            Function<M, Optional<BeanPropertyDefinition>> property,
            Function<M, Nullness> nullness) {
        part.withIgnoreCheck(member ->
                !member.isFakeContainerItemScope() && (property.apply(member).isEmpty() || isLeftOut(member)));
        part.withPropertyNameOverrideResolver(member -> member.isFakeContainerItemScope()
                ? null
                : property.apply(member).map(BeanPropertyDefinition::getName).orElse(null));
        part.withNullableCheck(member -> isNullable(member, property.apply(member), nullness.apply(member)));
        part.withRequiredCheck(member -> isRequired(member, property.apply(member), nullness.apply(member)));
        part.withDescriptionResolver(member -> member.isFakeContainerItemScope()
                ? null
                : blankToNull(Descriptions.property(
                        member.getDeclaringType().getErasedType(), nameOf(member), Members.stated(member))));
        part.withArrayUniqueItemsResolver(BodyRules::holdsDistinctValues);
        part.withInstanceAttributeOverride((attributes, member, context) -> {
            String kind = Members.kindOf(member);
            Constraints.of(Members.ofValue(member), validationOf(member)).addTo(attributes, kind);
            Swagger.addTo(attributes, kind, Members.stated(member));
        });
        part.withCustomDefinitionProvider((member, context) -> reshaped(member));
        part.withCustomDefinitionProvider(this::mapWithNulls);
    }

    private boolean isLeftOut(MemberScope<?, ?> member) {
        Annotations annotations = Members.stated(member);
        return Descriptions.hidden(annotations) || (request && Descriptions.readOnly(annotations));
    }

    private Validation validationOf(MemberScope<?, ?> member) {
        return cascade.of(member.getDeclaringType().getErasedType());
    }

    private @Nullable Boolean isNullable(
            MemberScope<?, ?> member, Optional<BeanPropertyDefinition> property, Nullness nullness) {
        if (member.getType() == null || member.getType().isPrimitive()) {
            return null;
        }
        if (member.isFakeContainerItemScope()) {
            return isNullableContent(member) ? true : null;
        }
        if (Constraints.refuseNull(Members.stated(member), validationOf(member))) {
            return null;
        }
        // Where nothing is said, null may come and may be sent.
        boolean possible = nullness != Nullness.NON_NULL
                && (request
                        || property.filter(known -> properties.leavesOutNull(
                                        member.getDeclaringType().getErasedType(), known))
                                .isEmpty());
        return possible ? true : null;
    }

    private static boolean isNullableContent(MemberScope<?, ?> content) {
        return Nullness.ofContent(content.getRawMember(), Members.depthOf(content), Members.ofValue(content))
                == Nullness.NULLABLE;
    }

    /** Of the values of a map, victools asks nobody whether they may be null. */
    private @Nullable CustomPropertyDefinition mapWithNulls(MemberScope<?, ?> map, SchemaGenerationContext context) {
        if (map.getType() == null
                || map.isFakeContainerItemScope()
                || !map.getType().isInstanceOf(Map.class)) {
            return null;
        }
        MemberScope<?, ?> value = map.asFakeContainerItemScope(Map.class, 1);
        if (value.getType() == null || !isNullableContent(value)) {
            return null;
        }
        ObjectNode schema = ScalarSchemas.typed("object");
        schema.set("additionalProperties", nullable(context.createDefinitionReference(value.getType()), context));
        nameKeys(schema, map);
        return new CustomPropertyDefinition(schema, CustomDefinition.INCLUDING_ATTRIBUTES);
    }

    private static ObjectNode nullable(ObjectNode schema, SchemaGenerationContext context) {
        if (!schema.isEmpty()) {
            return context.makeNullable(schema);
        }
        // A reference, which victools fills in at the end.
        ObjectNode either = JsonNodeFactory.instance.objectNode();
        either.putArray("anyOf").add(ScalarSchemas.typed("null")).add(schema);
        return either;
    }

    private boolean isRequired(MemberScope<?, ?> member, Optional<BeanPropertyDefinition> property, Nullness nullness) {
        if (member.isFakeContainerItemScope() || property.isEmpty()) {
            return false;
        }
        return Swagger.required(Members.stated(member))
                .orElseGet(() -> request
                        ? isDemanded(member, property.get())
                        : isAlwaysWritten(member, property.get(), nullness));
    }

    private boolean isDemanded(MemberScope<?, ?> member, BeanPropertyDefinition property) {
        if (property.isRequired()) {
            return true;
        }
        // Jackson has no value for an absent primitive of a constructor; a field keeps what it was.
        if (member.getType() != null && member.getType().isPrimitive()) {
            return property.hasConstructorParameter()
                    && !hasDefault(property)
                    && mapper.isEnabled(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
        }
        // An absent Optional is an empty one, which is not null.
        return member.getDeclaredType().getErasedType() != Optional.class
                && Constraints.refuseNull(Members.stated(member), validationOf(member));
    }

    private static boolean hasDefault(BeanPropertyDefinition property) {
        return KotlinIntrospector.argument(property.getConstructorParameter())
                .map(KotlinArgument::optional)
                .orElse(false);
    }

    private boolean isAlwaysWritten(MemberScope<?, ?> member, BeanPropertyDefinition property, Nullness nullness) {
        boolean primitive = member.getType() != null && member.getType().isPrimitive();
        return (primitive || nullness == Nullness.NON_NULL)
                && properties.writesAll(member.getDeclaringType().getErasedType(), property);
    }

    /** A set of values that are equal to Java where they are equal in JSON; of other things, two may look the same. */
    private static @Nullable Boolean holdsDistinctValues(MemberScope<?, ?> member) {
        if (member.getType() == null
                || !Set.class.isAssignableFrom(member.getType().getErasedType())) {
            return null;
        }
        ResolvedType item = member.getContainerItemType();
        boolean distinct =
                item != null && (item.getErasedType().isEnum() || ScalarSchemas.isDistinct(item.getErasedType()));
        return distinct ? true : null;
    }

    /** A date with a pattern of its own has no standard format, and a number may be written as text. */
    private static @Nullable CustomPropertyDefinition reshaped(MemberScope<?, ?> member) {
        if (!Members.isReshaped(member)) {
            return null;
        }
        JsonFormat format = member.getAnnotationConsideringFieldAndGetterIfSupported(JsonFormat.class);
        ObjectNode schema = ScalarSchemas.typed("string");
        if (!format.pattern().isEmpty()) {
            schema.put("description", "Of the form " + format.pattern());
        }
        return new CustomPropertyDefinition(schema, CustomDefinition.INCLUDING_ATTRIBUTES);
    }

    private @Nullable CustomDefinition definition(ResolvedType type, SchemaGenerationContext context) {
        Class<?> raw = type.getErasedType();
        if (raw == byte[].class) {
            return inline(ScalarSchemas.typed("string").put("contentEncoding", "base64"));
        }
        if (raw == Object.class || JsonNode.class.isAssignableFrom(raw)) {
            return inline(JsonNodeFactory.instance.objectNode());
        }
        if (raw.isEnum()) {
            return enumOf(raw);
        }
        Optional<ObjectNode> scalar = request ? ScalarSchemas.of(raw) : ScalarSchemas.written(raw, mapper);
        if (scalar.isPresent()) {
            return inline(scalar.get());
        }
        if (raw.getName().startsWith("java.") || raw.isArray()) {
            return null;
        }
        AnnotatedMember value = properties.describe(raw).findJsonValueAccessor();
        if (value != null) {
            return inline(context.createDefinition(context.getTypeContext().resolve(value.getRawType())));
        }
        return Kotlin.heldBy(raw)
                .map(held ->
                        inline(context.createDefinition(context.getTypeContext().resolve(held))))
                .orElse(null);
    }

    /** Spelled as the service's Jackson spells them, by name, toString, JsonProperty or JsonValue. */
    private @Nullable CustomDefinition enumOf(Class<?> type) {
        ArrayNode values = JsonNodeFactory.instance.arrayNode();
        boolean text = true;
        for (Object constant : type.getEnumConstants()) {
            JsonNode value = mapper.valueToTree(constant);
            if (!value.isValueNode()) {
                return null;
            }
            text = text && value.isString();
            values.add(value);
        }
        ObjectNode schema = text ? ScalarSchemas.typed("string") : JsonNodeFactory.instance.objectNode();
        schema.set("enum", values);
        return inline(schema);
    }

    private static CustomDefinition inline(ObjectNode schema) {
        return new CustomDefinition(schema, CustomDefinition.INLINE_DEFINITION, CustomDefinition.INCLUDING_ATTRIBUTES);
    }

    private static @Nullable String describe(TypeScope scope) {
        return scope.getType() == null
                ? null
                : blankToNull(Descriptions.body(scope.getType().getErasedType()));
    }

    /** The name in the code, of a field or of what a getter reads. */
    private static String nameOf(MemberScope<?, ?> member) {
        if (member instanceof MethodScope method) {
            FieldScope field = method.findGetterField();
            String name = method.getDeclaredName();
            int prefix = name.startsWith("get") ? 3 : name.startsWith("is") ? 2 : 0;
            return field != null
                    ? field.getDeclaredName()
                    : prefix == 0 || name.length() == prefix
                            ? name
                            : name.substring(prefix, prefix + 1).toLowerCase(Locale.ROOT) + name.substring(prefix + 1);
        }
        return member.getDeclaredName();
    }

    /** The keys of a map by constants are their names. */
    private void nameKeys(ObjectNode attributes, TypeScope scope) {
        ResolvedType key = scope.getType() == null ? null : scope.getTypeParameterFor(Map.class, 0);
        if (key == null || !key.getErasedType().isEnum()) {
            return;
        }
        ArrayNode names = attributes.putObject("propertyNames").putArray("enum");
        for (Object constant : key.getErasedType().getEnumConstants()) {
            mapper.valueToTree(Map.of(constant, 0)).propertyNames().forEach(names::add);
        }
    }

    private static @Nullable String blankToNull(String text) {
        return text.isBlank() ? null : text;
    }
}
