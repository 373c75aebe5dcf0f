package io.mcpguard.core.tool;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.catalog.Operation;
import io.mcpguard.catalog.Parameter;
import io.mcpguard.catalog.ProductOperations;
import io.mcpguard.catalog.RequestBody;
import io.mcpguard.catalog.Schema;
import io.mcpguard.core.catalog.Catalog;
import io.mcpguard.core.catalog.CompiledSchema;
import io.mcpguard.core.catalog.Published;
import io.mcpguard.core.json.JsonOutput;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DirectArgumentsTest {

    private static JsonNode schemaOf(Operation operation) {
        var published = Catalog.of(List.of(new ProductOperations(Published.ORDERS, List.of(operation))))
                .operations()
                .get(0);
        return new DirectArguments(published).schema();
    }

    private static Operation.Builder post() {
        return Published.operation("op", "POST", "/api/orders/{id}");
    }

    private static RequestBody body(String schema) {
        return new RequestBody(true, "application/json", new Schema(schema));
    }

    private static boolean takes(JsonNode schema, String arguments) {
        return CompiledSchema.of(new Schema(JsonOutput.text(schema)))
                .check(OrdersTools.tree(arguments))
                .isEmpty();
    }

    @Test
    void one_property_for_each_parameter_and_one_for_the_body() {
        JsonNode schema = schemaOf(post().parameter(Published.header("X-Trace", "{\"type\":\"string\"}"))
                .parameter(new Parameter(
                        "dry", Parameter.Location.QUERY, false, new Schema("{\"type\":\"boolean\"}"), "Only try."))
                .parameter(Published.path("id", "{\"type\":\"integer\",\"description\":\"The number\"}"))
                .body(body("true"))
                .build());

        assertThat(schema.toString())
                .isEqualTo("{\"type\":\"object\",\"properties\":{"
                        + "\"id\":{\"type\":\"integer\",\"description\":\"The number\"},"
                        + "\"dry\":{\"type\":\"boolean\",\"description\":\"Only try.\"},"
                        + "\"X-Trace\":{\"type\":\"string\"},\"body\":{}},"
                        + "\"required\":[\"id\",\"body\"],\"additionalProperties\":false}");
        assertThat(takes(schema, "{\"id\":1,\"dry\":true,\"X-Trace\":\"a\",\"body\":[null]}"))
                .isTrue();
        assertThat(takes(schema, "{\"id\":1}")).isFalse();
        assertThat(takes(schema, "{\"id\":1,\"body\":1,\"more\":1}")).isFalse();
    }

    @Test
    void without_arguments_nothing_is_taken() {
        JsonNode schema = schemaOf(Published.exportOrders());

        assertThat(schema.toString())
                .isEqualTo("{\"type\":\"object\",\"properties\":{},\"additionalProperties\":false}");
    }

    @Test
    void an_argument_that_lost_its_name_says_what_it_stands_for() {
        JsonNode schema = schemaOf(post().parameter(Published.path("id", "{\"type\":\"integer\"}"))
                .parameter(Published.query("id", true, "{\"type\":\"string\"}"))
                .parameter(Published.query("body", false, "false"))
                .body(body("{\"type\":\"object\"}"))
                .build());

        assertThat(schema.at("/properties/query_id/description").stringValue(""))
                .isEqualTo("The query parameter id.");
        assertThat(schema.path("required").toString()).isEqualTo("[\"id\",\"query_id\",\"body\"]");
        assertThat(takes(schema, "{\"id\":1,\"query_id\":\"a\",\"body\":{}}")).isTrue();
        assertThat(takes(schema, "{\"id\":\"a\",\"query_id\":\"a\",\"body\":{}}"))
                .isFalse();
        assertThat(takes(schema, "{\"id\":1,\"query_id\":\"a\",\"body\":{},\"query_body\":1}"))
                .isFalse();
    }

    @Test
    void definitions_move_to_the_root_and_their_references_with_them() {
        JsonNode schema = schemaOf(post().parameter(
                        Published.path("id", "{\"$ref\":\"#/$defs/Id\",\"$defs\":{\"Id\":{\"type\":\"integer\"}}}"))
                .body(body("""
                        {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://example.com/order",
                         "type":"object","required":["id","lines"],
                         "properties":{"id":{"$ref":"#/$defs/Id"},"lines":{"type":"array","items":{"$ref":"#/$defs/Line%3CX%3E"}},
                                       "to":{"$ref":"#/$defs/Address/properties/zip"}},
                         "$defs":{"Id":{"type":"integer"},
                                  "Line<X>":{"type":"object","required":["sku"],"properties":{"sku":{"$ref":"#/$defs/a~1b"}}},
                                  "a/b":{"type":"string","pattern":"^[A-Z]+$"},
                                  "Address":{"properties":{"zip":{"minLength":5}}}}}"""))
                .build());

        assertThat(schema.path("$defs").propertyNames()).containsExactlyInAnyOrder("Id", "Line_X_", "a_b", "Address");
        assertThat(schema.at("/properties/body").has("$defs")).isFalse();
        assertThat(schema.toString()).doesNotContain("$id", "$schema");
        assertThat(takes(schema, "{\"id\":1,\"body\":{\"id\":2,\"lines\":[{\"sku\":\"A\"}],\"to\":\"12345\"}}"))
                .isTrue();
        assertThat(takes(schema, "{\"id\":\"1\",\"body\":{\"id\":2,\"lines\":[]}}"))
                .isFalse();
        assertThat(takes(schema, "{\"id\":1,\"body\":{\"id\":\"2\",\"lines\":[]}}"))
                .isFalse();
        assertThat(takes(schema, "{\"id\":1,\"body\":{\"id\":2,\"lines\":[{\"sku\":\"a\"}]}}"))
                .isFalse();
        assertThat(takes(schema, "{\"id\":1,\"body\":{\"id\":2,\"lines\":[],\"to\":\"1\"}}"))
                .isFalse();
    }

    @Test
    void two_definitions_of_one_name_stay_two() {
        JsonNode schema = schemaOf(post().parameter(
                        Published.path("id", "{\"$ref\":\"#/$defs/Id\",\"$defs\":{\"Id\":{\"type\":\"integer\"}}}"))
                .body(body(
                        "{\"$ref\":\"#/$defs/Id\",\"$defs\":{\"Id\":{\"type\":\"string\"},\"body_Id\":{\"const\":7}}}"))
                .build());

        assertThat(schema.path("$defs").propertyNames()).containsExactlyInAnyOrder("Id", "body_Id", "body_body_Id");
        assertThat(takes(schema, "{\"id\":1,\"body\":\"a\"}")).isTrue();
        assertThat(takes(schema, "{\"id\":1,\"body\":2}")).isFalse();
        assertThat(takes(schema, "{\"id\":\"a\",\"body\":\"a\"}")).isFalse();
    }

    @Test
    void a_schema_that_refers_to_itself_still_does() {
        for (String recursive : List.of(
                "{\"type\":\"object\",\"properties\":{\"next\":{\"$ref\":\"#\"}},\"additionalProperties\":false}",
                "{\"$ref\":\"#/$defs/N\",\"$defs\":{\"N\":{\"type\":\"object\",\"properties\":{\"next\":{\"$ref\":\"#/$defs/N\"}},\"additionalProperties\":false}}}",
                "{\"$anchor\":\"n\",\"type\":\"object\",\"properties\":{\"next\":{\"$ref\":\"#n\"}},\"additionalProperties\":false}",
                "{\"$dynamicAnchor\":\"n\",\"type\":\"object\",\"properties\":{\"next\":{\"$dynamicRef\":\"#n\"}},\"additionalProperties\":false}",
                "{\"type\":\"object\",\"properties\":{\"next\":{\"$ref\":\"#/definitions/N\"}},\"additionalProperties\":false,"
                        + "\"definitions\":{\"N\":{\"type\":\"object\",\"properties\":{\"next\":{\"$ref\":\"#/definitions/N\"}},\"additionalProperties\":false}}}")) {
            JsonNode schema = schemaOf(post().parameter(Published.path("id", recursive.replace("object", "integer")))
                    .body(body(recursive))
                    .build());

            assertThat(takes(schema, "{\"id\":1,\"body\":{\"next\":{\"next\":{}}}}"))
                    .as(recursive)
                    .isTrue();
            assertThat(takes(schema, "{\"id\":1,\"body\":{\"next\":{\"next\":{\"other\":1}}}}"))
                    .as(recursive)
                    .isFalse();
            assertThat(takes(schema, "{\"id\":{},\"body\":{}}")).as(recursive).isFalse();
        }
    }

    @Test
    void data_and_names_of_properties_are_not_taken_for_references() {
        JsonNode schema = schemaOf(post().parameter(Published.path("id", "{\"type\":\"integer\"}"))
                .body(body("""
                        {"type":"object","properties":{"$ref":{"type":"string"},"$id":{"type":"integer"},"$defs":{"type":"boolean"}},
                         "required":["$ref"],"default":{"$ref":"#/x"},"enum":[{"$ref":"#/x","$id":1},{"$ref":"#"}]}"""))
                .build());

        assertThat(takes(schema, "{\"id\":1,\"body\":{\"$ref\":\"#/x\",\"$id\":1}}"))
                .isTrue();
        assertThat(takes(schema, "{\"id\":1,\"body\":{\"$ref\":\"#/properties/body/x\",\"$id\":1}}"))
                .isFalse();
        assertThat(schema.at("/properties/body/default/$ref").stringValue("")).isEqualTo("#/x");
    }

    @Test
    void a_schema_with_documents_in_it_is_announced_as_anything() {
        JsonNode schema = schemaOf(post().parameter(Published.path("id", "{\"type\":\"integer\"}"))
                .body(
                        body(
                                "{\"type\":\"object\",\"properties\":{\"a\":{\"$id\":\"https://example.com/a\",\"$ref\":\"#/$defs/b\",\"$defs\":{\"b\":{}}}}}"))
                .build());

        assertThat(schema.at("/properties/body").toString()).isEqualTo("{}");
    }
}
