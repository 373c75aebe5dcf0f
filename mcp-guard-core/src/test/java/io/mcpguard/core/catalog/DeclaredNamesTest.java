package io.mcpguard.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class DeclaredNamesTest {

    private static DeclaredNames of(String schema) {
        return DeclaredNames.of(new JsonMapper().readTree(schema.replace('\'', '"')));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'properties':{'a':{'properties':{'b':{}}}}}",
                "{'allOf':[{'properties':{'a':{'$ref':'#/$defs/B'}}}],'$defs':{'B':{'properties':{'b':{}}}}}",
                "{'anyOf':[{'type':'null'},{'properties':{'a':{'oneOf':[{'properties':{'b':{}}}]}}}]}",
                "{'if':{},'then':{'properties':{'a':{}}},'else':{'properties':{'a':{'properties':{'b':{}}}}}}",
                "{'dependentSchemas':{'x':{'properties':{'a':{'properties':{'b':{}}}}}}}",
                "{'propertyNames':{'enum':['a']},'additionalProperties':{'properties':{'b':{}}}}",
                "{'$ref':'#/$defs/a%20b','$defs':{'a b':{'properties':{'a':{'properties':{'b':{}}}}}}}"
            })
    void follows_every_way_to_declare_a_member(String schema) {
        DeclaredNames names = of(schema);

        assertThat(names.has("a")).isTrue();
        assertThat(names.has("b")).isFalse();
        assertThat(names.below("a").has("b")).isTrue();
        assertThat(names.below("other").has("b")).isEqualTo(schema.contains("propertyNames"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'items':{'properties':{'a':{}}}}",
                "{'prefixItems':[{},{'properties':{'a':{}}}]}",
                "{'contains':{'properties':{'a':{}}}}"
            })
    void looks_into_arrays(String schema) {
        assertThat(of(schema).items().has("a")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "false",
                "{}",
                "{'$ref':'#/$defs/gone'}",
                "{'$ref':'#anchor','$defs':{'x':{'$anchor':'anchor','properties':{'a':{}}}}}",
                "{'not':{'properties':{'a':{}}}}",
                "{'patternProperties':{'a':{}}}",
                "{'additionalProperties':{'type':'string'}}"
            })
    void what_cannot_be_told_is_not_declared(String schema) {
        assertThat(of(schema).has("a")).isFalse();
        assertThat(of(schema).below("a").has("a")).isFalse();
    }

    @Test
    void a_schema_may_contain_itself() {
        DeclaredNames names = of("{'properties':{'name':{},'children':{'type':'array','items':{'$ref':'#'}}}}");

        DeclaredNames deep = names;
        for (int i = 0; i < 50; i++) {
            deep = deep.below("children").items();
        }

        assertThat(deep.has("name")).isTrue();
        assertThat(deep.has("alice")).isFalse();
    }

    @Test
    void a_schema_without_end_is_read_up_to_a_bound() {
        StringBuilder many = new StringBuilder("{\"properties\":{\"p0\":{}");
        for (int i = 1; i < 20_000; i++) {
            many.append(",\"p").append(i).append("\":{\"properties\":{\"q\":{}}}");
        }

        DeclaredNames names =
                DeclaredNames.of(new JsonMapper().readTree(many.append("}}").toString()));

        assertThat(names.has("p19999")).isTrue();
        assertThat(names.below("none").has("q")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "a, true",
        "b, false",
        "a/b/0/c, true",
        "a/b/*/c, true",
        "*/*/*/*, true",
        "a/b/x, false",
        "map/anything/d, true",
        "map/*/e, false",
        "a/b/0/c/d, false"
    })
    void tells_pointers_that_lead_nowhere(String pointer, boolean leads) {
        DeclaredNames names =
                of("{'properties':{'a':{'properties':{'b':{'items':{'properties':{'c':{'type':'string'}}}}}},"
                        + "'map':{'additionalProperties':{'properties':{'d':{'type':'string'}}}}}}");

        assertThat(names.leads(List.of(pointer.split("/")))).isEqualTo(leads);
        assertThat(of("{}").leads(List.of(pointer.split("/")))).isTrue();
    }
}
