package io.mcpguard.schema;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.mcpguard.catalog.Schema;
import java.lang.reflect.Type;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Schemas as trees, and an independent judge of what they allow. */
final class Made {

    static final JsonMapper JSON = JsonMapper.builder().build();

    private static final SchemaRegistry JUDGE = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private Made() {}

    static JsonNode request(Type type) {
        return request(type, Validation.DEFAULT);
    }

    static JsonNode request(Type type, Validation validation) {
        return tree(new BodySchemas(JSON).request(type, validation));
    }

    static JsonNode response(Type type) {
        return tree(new BodySchemas(JSON).response(type));
    }

    static JsonNode tree(Schema schema) {
        return JSON.readTree(schema.json());
    }

    static JsonNode json(String singleQuoted) {
        return JSON.readTree(singleQuoted.replace('\'', '"'));
    }

    static boolean allows(JsonNode schema, JsonNode value) {
        return JUDGE.getSchema(schema).validate(value).isEmpty();
    }
}
