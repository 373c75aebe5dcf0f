package io.mcpguard.core.catalog;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import io.mcpguard.catalog.Schema;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A JSON Schema 2020-12, compiled once.
 *
 * <p>Nothing is ever fetched: a reference that leaves the document is refused when the schema is compiled. Patterns run on an
 * engine of linear time where it knows the pattern (see {@link LinearPatterns}). Safe for use by many threads.
 *
 * @since 0.1
 */
public final class CompiledSchema {

    private static final int MOST_PROBLEMS = 20;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            registry -> registry.schemaCacheEnabled(false)
                    .schemaLoader(loader -> loader.block(iri -> true))
                    .schemaRegistryConfig(SchemaRegistryConfig.builder()
                            .locale(Locale.ENGLISH)
                            .pathType(PathType.JSON_POINTER)
                            .regularExpressionFactory(new LinearPatterns())
                            .build()));

    /** The schema of schemas, which the library carries with it. */
    private static final com.networknt.schema.Schema META = SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12)
            .getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));

    private final JsonNode document;
    private final com.networknt.schema.Schema schema;
    private final SchemaSentences sentences;

    private CompiledSchema(JsonNode document, com.networknt.schema.Schema schema) {
        this.document = document;
        this.schema = schema;
        this.sentences = new SchemaSentences(document);
    }

    /**
     * Compiles a schema.
     *
     * @param schema the document
     * @return the compiled schema
     * @throws IllegalArgumentException when it is no valid schema or refers to another document
     */
    public static CompiledSchema of(Schema schema) {
        try {
            JsonNode document = MAPPER.readTree(schema.json());
            if (!document.isObject() && !document.isBoolean()) {
                throw new IllegalArgumentException("a schema is a JSON object, true or false");
            }
            META.validate(document).stream().findFirst().ifPresent(error -> {
                throw new IllegalArgumentException("not a valid JSON Schema 2020-12 at '" + error.getInstanceLocation()
                        + "': " + error.getMessage());
            });
            refuseForeignReferences(document);
            com.networknt.schema.Schema compiled = REGISTRY.getSchema(document);
            compiled.initializeValidators();
            return new CompiledSchema(document, compiled);
        } catch (JacksonException | com.networknt.schema.SchemaException e) {
            throw new IllegalArgumentException("not a valid JSON Schema 2020-12", e);
        }
    }

    private static void refuseForeignReferences(JsonNode node) {
        for (String keyword : List.of("$ref", "$dynamicRef")) {
            JsonNode reference = node.get(keyword);
            if (reference != null
                    && reference.isString()
                    && !reference.stringValue().startsWith("#")) {
                throw new IllegalArgumentException("the schema refers to another document, " + reference.stringValue()
                        + "; put the definition under $defs");
            }
        }
        for (JsonNode child : node) {
            refuseForeignReferences(child);
        }
    }

    /**
     * Returns the schema as it was given.
     *
     * @return the document; not to be changed
     */
    public JsonNode document() {
        return document;
    }

    /**
     * Says whether the schema declares an object or an array and nothing that a text could be.
     *
     * @return true when {@code type} is {@code object} or {@code array}, in the schema itself or the definition it refers to
     */
    public boolean declaresStructure() {
        JsonNode declared = document;
        for (int hops = 0; hops < 8 && declared.path("$ref").isString(); hops++) {
            String reference = declared.path("$ref").stringValue();
            declared = reference.equals("#") ? document : document.at(reference.substring(1));
        }
        JsonNode type = declared.path("type");
        if (type.isString()) {
            return type.stringValue().equals("object") || type.stringValue().equals("array");
        }
        return declared.has("properties") && !type.isArray();
    }

    /**
     * Checks a value.
     *
     * @param value the value
     * @return what is wrong, at most 20 entries, empty when it is valid
     */
    public List<SchemaProblem> check(JsonNode value) {
        List<Error> errors = schema.validate(value);
        return errors.isEmpty()
                ? List.of()
                : sentences.of(errors).stream().limit(MOST_PROBLEMS).toList();
    }
}
