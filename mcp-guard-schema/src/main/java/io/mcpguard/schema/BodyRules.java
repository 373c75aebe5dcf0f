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
import java.lang.reflect.AnnotatedElement;
import java.util.Comparator;
import java.util.Optional;
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
    private final Validation validation;

    BodyRules(JsonMapper mapper, JacksonProperties properties, boolean request, Validation validation) {
        this.mapper = mapper;
        this.properties = properties;
        this.request = request;
        this.validation = validation;
    }

    void applyTo(SchemaGeneratorConfigBuilder builder) {
        builder.forTypesInGeneral()
                .withCustomDefinitionProvider(this::definition)
                // Fields as declared, then what is computed.
                .withPropertySorter(Comparator.comparing(MethodScope.class::isInstance));
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
        part.withNullableCheck(member -> isNullable(member, nullness.apply(member)));
        part.withRequiredCheck(member -> isRequired(member, property.apply(member), nullness.apply(member)));
        part.withDescriptionResolver(member -> blankToNull(Descriptions.description(annotations(member))));
        part.withCustomDefinitionProvider((member, context) -> reshaped(member));
    }

    private boolean isLeftOut(MemberScope<?, ?> member) {
        Annotations annotations = annotations(member);
        return Descriptions.hidden(annotations) || (request && Descriptions.readOnly(annotations));
    }

    private @Nullable Boolean isNullable(MemberScope<?, ?> member, Nullness nullness) {
        if (member.isFakeContainerItemScope()
                || member.getType() == null
                || member.getType().isPrimitive()
                || Constraints.refuseNull(annotations(member), validation)) {
            return null;
        }
        if (nullness == Nullness.NULLABLE || (request && nullness == Nullness.UNSPECIFIED)) {
            return true;
        }
        return null;
    }

    private boolean isRequired(MemberScope<?, ?> member, Optional<BeanPropertyDefinition> property, Nullness nullness) {
        if (member.isFakeContainerItemScope() || property.isEmpty()) {
            return false;
        }
        boolean primitive = member.getType() != null && member.getType().isPrimitive();
        if (request) {
            // Jackson has no value for an absent primitive of a constructor; a field keeps what it was.
            return property.get().isRequired()
                    || (primitive
                            && property.get().hasConstructorParameter()
                            && mapper.isEnabled(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES));
        }
        return primitive || nullness == Nullness.NON_NULL;
    }

    /** A date with a pattern of its own has no standard format, and a number may be written as text. */
    private static @Nullable CustomPropertyDefinition reshaped(MemberScope<?, ?> member) {
        JsonFormat format = member.getAnnotationConsideringFieldAndGetterIfSupported(JsonFormat.class);
        if (format == null
                || member.getType() == null
                || ScalarSchemas.of(member.getType().getErasedType()).isEmpty()
                || (format.pattern().isEmpty() && format.shape() != JsonFormat.Shape.STRING)) {
            return null;
        }
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
        Optional<ObjectNode> scalar = ScalarSchemas.of(raw);
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
        return null;
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

    private static Annotations annotations(MemberScope<?, ?> member) {
        AnnotatedElement element = (AnnotatedElement) member.getRawMember();
        if (member instanceof FieldScope field && field.findGetter() != null) {
            return Annotations.of(element, field.findGetter().getRawMember());
        }
        return Annotations.of(element);
    }

    private static @Nullable String blankToNull(String text) {
        return text.isBlank() ? null : text;
    }
}
