package io.mcpguard.testkit.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.testkit.internal.JsonReader;
import io.mcpguard.testkit.internal.JsonText;
import io.mcpguard.testkit.parity.SchemaExample.NoExample;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaExampleTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"type":"string","examples":["KIT-1"],"default":"d"}           | "KIT-1"
            {"type":"string","default":"d","enum":["d","A"]}                   | "d"
            {"enum":["PAID","OPEN"]}                                       | "PAID"
            {"const":3}                                                    | 3
            {"type":"integer"}                                             | 1
            {"type":"integer","minimum":2000,"maximum":2100}               | 2000
            {"type":"integer","maximum":-3}                                | -3
            {"type":"integer","exclusiveMinimum":1}                        | 2
            {"type":"integer","exclusiveMaximum":1}                        | 0
            {"type":"integer","minimum":7,"multipleOf":5}                  | 10
            {"type":"number","minimum":0.5,"maximum":0.75}                 | 0.75
            {"type":["string","null"]}                                     | "a"
            {"type":"string","minLength":3}                                | "EUR"
            {"type":"string","minLength":20,"maxLength":20}                | "aaaaaaaaaaaaaaaaaaaa"
            {"type":"string","pattern":"^[A-Z]{2}$"}                       | "DE"
            {"type":"string","format":"date"}                              | "2025-01-01"
            {"type":"string","format":"uuid"}                              | "00000000-0000-4000-8000-000000000001"
            {"type":"boolean"}                                             | false
            {"type":"array","items":{"type":"integer"}}                    | []
            {"type":"array","minItems":2,"items":{"type":"boolean"}}       | [false,false]
            {"anyOf":[{"type":"null"},{"type":"integer"}]}                 | 1
            {"allOf":[{"type":"integer"},{"minimum":4}]}                   | 4
            {"$ref":"#/$defs/a","$defs":{"a":{"type":"integer"}}}          | 1
            {"type":"object","properties":{"a":{"type":"integer"},"b":{}},"required":["a"]} | {"a":1}
            """)
    void names_a_value_that_fits(String schema, String example) throws NoExample {
        assertThat(JsonText.of(SchemaExample.of(JsonReader.read(schema)))).isEqualTo(example);
    }

    @Test
    void says_what_it_cannot_make() {
        for (String schema : List.of(
                "true",
                "{}",
                "{\"description\":\"anything\"}",
                "{\"type\":\"string\",\"pattern\":\"^KIT-[0-9]{4}$\"}",
                "{\"type\":\"integer\",\"minimum\":2,\"maximum\":1}",
                "{\"type\":\"array\",\"minItems\":2,\"uniqueItems\":true,\"items\":{\"type\":\"integer\"}}",
                "{\"type\":\"object\",\"required\":[\"a\"]}",
                "{\"$ref\":\"https://example.com/order.json\"}",
                "{\"$ref\":\"#\"}")) {
            assertThatThrownBy(() -> SchemaExample.of(JsonReader.read(schema)))
                    .as(schema)
                    .isInstanceOf(NoExample.class);
        }
    }

    @Test
    void an_operation_without_possible_arguments_says_what_to_supply() {
        Described operation = new Described(
                "getStockItem",
                "GET",
                "/api/inventory/{sku}",
                List.of(new Described.Input(
                        Described.Place.PATH,
                        "sku",
                        true,
                        JsonReader.read("{\"type\":\"string\",\"pattern\":\"^KIT-[0-9]{4}$\"}"))),
                null);

        assertThatThrownBy(() -> ExampleCall.of(operation))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no arguments can be made for getStockItem (path_params/sku")
                .hasMessageContaining("^KIT-[0-9]{4}$")
                .hasMessageContaining(".call(ParityCall.of(\"getStockItem\")");
    }
}
