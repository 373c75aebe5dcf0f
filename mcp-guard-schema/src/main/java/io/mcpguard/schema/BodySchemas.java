package io.mcpguard.schema;

import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import io.mcpguard.catalog.Schema;
import java.lang.reflect.Type;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON Schemas of request and response bodies.
 *
 * <p>A request schema accepts what the service accepts and no less: unknown properties unless its Jackson refuses them, null
 * where nothing forbids it, and constraints only where the service validates. A response schema describes what is sent.
 *
 * @since 0.1
 */
public final class BodySchemas {

    private static final String WHOLE_DOCUMENT = "\"$ref\":\"#\"";
    private static final String ITSELF = "this-schema";

    private final JsonMapper mapper;
    private final SchemaGenerator response;
    private final JacksonProperties read;

    /**
     * Prepares the generators.
     *
     * @param mapper the service's mapper, or one that reads and writes as the service does
     */
    public BodySchemas(JsonMapper mapper) {
        this.mapper = Kotlin.canRead() ? KotlinIntrospector.addedTo(mapper) : mapper;
        JacksonProperties written = new JacksonProperties(this.mapper, false);
        this.read = new JacksonProperties(this.mapper, true);
        // Nothing is validated of what the service sends.
        this.response = generator(
                this.mapper,
                false,
                written,
                Cascade.from(this.mapper.constructType(Object.class), Validation.NONE, written));
    }

    /**
     * Describes a request body.
     *
     * @param type its type, generics resolved
     * @param validation what the service validates of it
     * @return the schema
     */
    public Schema request(Type type, Validation validation) {
        Cascade cascade = Cascade.from(mapper.constructType(type), validation, read);
        return generate(generator(mapper, true, read, cascade), type);
    }

    /**
     * Describes a response body.
     *
     * @param type its type, generics resolved
     * @return the schema
     */
    public Schema response(Type type) {
        return generate(response, type);
    }

    /** A schema that refers to itself does so by a definition, so that it still holds inside another document. */
    private static Schema generate(SchemaGenerator generator, Type type) {
        ObjectNode schema = generator.generateSchema(type);
        if (!schema.toString().contains(WHOLE_DOCUMENT)) {
            return new Schema(schema.toString());
        }
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("$ref", "#/$defs/" + ITSELF);
        ObjectNode definitions = root.putObject("$defs");
        if (schema.remove("$defs") instanceof ObjectNode known) {
            definitions.setAll(known);
        }
        definitions.set(ITSELF, schema);
        return new Schema(root.toString().replace(WHOLE_DOCUMENT, "\"$ref\":\"#/$defs/" + ITSELF + "\""));
    }

    private static SchemaGenerator generator(
            JsonMapper mapper, boolean request, JacksonProperties properties, Cascade cascade) {
        SchemaGeneratorConfigBuilder builder = new SchemaGeneratorConfigBuilder(
                        mapper, SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(
                        Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES,
                        Option.PLAIN_DEFINITION_KEYS,
                        Option.INLINE_NULLABLE_SCHEMAS,
                        Option.FLATTENED_OPTIONALS,
                        Option.NULLABLE_ARRAY_ITEMS_ALLOWED)
                .without(Option.SCHEMA_VERSION_INDICATOR);
        if (request && mapper.isEnabled(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)) {
            builder.with(Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT);
        }
        if (!request) {
            builder.with(
                    Option.GETTER_METHODS,
                    Option.NONSTATIC_NONVOID_NONGETTER_METHODS,
                    Option.FIELDS_DERIVED_FROM_ARGUMENTFREE_METHODS);
        }
        new BodyRules(mapper, properties, request, cascade).applyTo(builder);
        builder.with(new Subtypes(request));
        return new SchemaGenerator(builder.build());
    }
}
