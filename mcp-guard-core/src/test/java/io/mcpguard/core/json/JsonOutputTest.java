package io.mcpguard.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.longs;
import static org.quicktheories.generators.SourceDSL.strings;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

class JsonOutputTest {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonMapper JACKSON = JsonMapper.builder().build();

    private static void isWrittenAsJacksonDoes(JsonNode tree) {
        assertThat(new String(JsonOutput.bytes(tree), StandardCharsets.UTF_8))
                .isEqualTo(new String(JACKSON.writeValueAsBytes(tree), StandardCharsets.UTF_8));
    }

    @Test
    void texts_are_written_as_jackson_does() {
        qt().forAll(strings().ascii().ofLengthBetween(0, 40))
                .checkAssert(text -> isWrittenAsJacksonDoes(NODES.arrayNode().add(text)));
    }

    @Test
    void each_character_is_written_as_jackson_does() {
        for (char c = 0; c < Character.MIN_SURROGATE; c++) {
            isWrittenAsJacksonDoes(NODES.stringNode("a" + c));
        }
        for (int c = Character.MAX_SURROGATE + 1; c <= Character.MAX_VALUE; c++) {
            isWrittenAsJacksonDoes(NODES.stringNode("a" + (char) c));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uD83D\uDE00", "a\uD83D\uDE00\"b", "\u0001", "\u007f\u2028"})
    void rare_characters_are_written_as_jackson_does(String text) {
        isWrittenAsJacksonDoes(NODES.objectNode().put("before", "\u00e9").put(text, text));
    }

    @Test
    void numbers_are_written_as_jackson_does() {
        qt().forAll(longs().all(), integers().all()).checkAssert((large, small) -> {
            ArrayNode array = NODES.arrayNode().add(large).add(small).add((short) (int) small);
            isWrittenAsJacksonDoes(array);
            isWrittenAsJacksonDoes(array.add(BigInteger.valueOf(large).multiply(BigInteger.valueOf(large))));
            isWrittenAsJacksonDoes(array.add(new BigDecimal("1.50E+3")).add(large / 3.0));
        });
    }

    @Test
    void trees_are_written_as_jackson_does() {
        qt().forAll(longs().all()).checkAssert(seed -> isWrittenAsJacksonDoes(tree(new Random(seed), 0)));
    }

    @Test
    void a_deep_tree_is_written_as_jackson_does() {
        JsonNode deep = NODES.nullNode();
        for (int i = 0; i < 400; i++) {
            deep = i % 2 == 0 ? NODES.arrayNode().add(deep) : NODES.objectNode().set("a", deep);
            isWrittenAsJacksonDoes(deep);
        }
    }

    @Test
    void what_is_json_already_stays_as_it_is() {
        ObjectNode tree = NODES.objectNode().put("a", 1);
        tree.putRawValue("b", new RawValue("{\"c\" : 2}"));

        assertThat(JsonOutput.text(tree)).isEqualTo("{\"a\":1,\"b\":{\"c\" : 2}}");
    }

    private static JsonNode tree(Random random, int depth) {
        int kind = random.nextInt(depth > 4 ? 6 : 8);
        return switch (kind) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(random.nextBoolean());
            case 2 -> NODES.numberNode(random.nextInt());
            case 3 -> NODES.numberNode(random.nextLong() >> random.nextInt(63));
            case 4 -> NODES.stringNode("x".repeat(random.nextInt(400)) + "\"\n\u20ac");
            case 5 -> random.nextInt(20) == 0 ? NODES.numberNode(random.nextDouble()) : NODES.stringNode("");
            case 6 -> {
                ArrayNode array = NODES.arrayNode();
                for (int i = random.nextInt(5); i > 0; i--) {
                    array.add(tree(random, depth + 1));
                }
                yield array;
            }
            default -> {
                ObjectNode object = NODES.objectNode();
                for (int i = random.nextInt(5); i > 0; i--) {
                    object.set("name" + random.nextInt(100), tree(random, depth + 1));
                }
                yield object;
            }
        };
    }
}
