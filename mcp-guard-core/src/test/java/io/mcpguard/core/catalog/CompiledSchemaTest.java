package io.mcpguard.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.catalog.Schema;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CompiledSchemaTest {

    private static JsonNode json(String text) {
        return new JsonMapper().readTree(text);
    }

    @Test
    void a_problem_names_the_place_and_what_is_allowed() {
        CompiledSchema schema =
                CompiledSchema.of(new Schema("{\"properties\":{\"a\":{\"items\":{\"type\":\"integer\"}}}}"));

        assertThat(schema.check(json("{\"a\":[1,\"x\"]}"))).singleElement().satisfies(problem -> {
            assertThat(problem.pointer()).isEqualTo("/a/1");
            assertThat(problem.message()).contains("integer");
        });
        assertThat(schema.check(json("{\"a\":[1]}"))).isEmpty();
    }

    @Test
    void at_most_twenty_problems_are_told() {
        CompiledSchema schema = CompiledSchema.of(new Schema("{\"items\":{\"type\":\"integer\"}}"));

        assertThat(schema.check(json("[" + "\"x\",".repeat(99) + "\"x\"]"))).hasSize(20);
    }

    @Test
    void structure_is_seen_through_local_references() {
        assertThat(CompiledSchema.of(new Schema("{\"$ref\":\"#/$defs/A\",\"$defs\":{\"A\":{\"type\":\"object\"}}}"))
                        .declaresStructure())
                .isTrue();
        assertThat(CompiledSchema.of(Schema.STRING).declaresStructure()).isFalse();
        assertThat(CompiledSchema.of(Schema.ANY).declaresStructure()).isFalse();
    }

    @Test
    void a_reference_to_another_document_is_refused() {
        assertThatThrownBy(() -> CompiledSchema.of(new Schema("{\"$ref\":\"http://127.0.0.1/x\"}")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("$defs");
    }

    @Test
    void a_pattern_made_to_explode_is_answered_at_once() {
        CompiledSchema schema = CompiledSchema.of(new Schema("{\"pattern\":\"^(.*a){12}$\"}"));

        assertThat(schema.check(json("\"" + "a".repeat(60) + "b\""))).hasSize(1);
    }

    @Test
    void a_pattern_with_look_ahead_still_works() {
        CompiledSchema schema = CompiledSchema.of(new Schema("{\"pattern\":\"^(?=.*[0-9])[a-z0-9]+$\"}"));

        assertThat(schema.check(json("\"abc\""))).hasSize(1);
        assertThat(schema.check(json("\"abc1\""))).isEmpty();
    }
}
