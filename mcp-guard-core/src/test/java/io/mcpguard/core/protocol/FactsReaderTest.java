package io.mcpguard.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import io.mcpguard.core.guard.RequestFacts;
import io.mcpguard.core.tool.OrdersTools;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quicktheories.core.Gen;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class FactsReaderTest {

    private static final RequestFacts NOTHING = new FactsReader(name -> false, id -> "hashed")
            .ofHeaders(
                    new McpRequest("POST", List.of(), new byte[0], OrdersTools.ORIGIN, Optional::empty),
                    new RequestHeaders(List.of()),
                    Instant.EPOCH);

    private static Gen<String> texts() {
        Gen<Integer> some = integers().between(0, 0x7F).mix(integers().between('A', 'z'), 80);
        return lists().of(some.mix(integers().between(0x80, 0xD7FF), 2))
                .ofSizeBetween(0, 70)
                .map(units -> units.stream()
                        .map(one -> String.valueOf((char) (int) one))
                        .collect(Collectors.joining()));
    }

    private static RequestFacts of(String method, String client) {
        ObjectNode message = JsonNodeFactory.instance.objectNode();
        message.put("method", method);
        message.putObject("params").putObject("clientInfo").put("name", client);
        return new FactsReader(name -> false, id -> "hashed").ofMessage(NOTHING, message);
    }

    @Test
    void names_methods_of_the_protocol_and_no_other_word() {
        assertThat(of("tools/call", "x").method()).isEqualTo("tools/call");
        assertThat(of("server/discover", "x").target().template()).isEqualTo("server/discover");
        qt().withExamples(1_000)
                .forAll(texts())
                .checkAssert(text -> assertThat(of(text, "x").method()).isEqualTo("unknown"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "-7", "1234567890", "'12'", "'0f8fad5b-d9cb-469f-a165-70867728950e'"})
    void an_id_that_counts_stands_in_the_record(String id) {
        String json = id.replace('\'', '"');

        assertThat(withId(json).source().rpcId()).contains(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"4111111111111111", "'alice'", "''", "'0f8fad5b-d9cb-469f-a165-7086772895zz'", "99999999999"})
    void any_other_id_is_hashed(String id) {
        assertThat(withId(id.replace('\'', '"')).source().rpcId()).contains("hashed");
    }

    private static RequestFacts withId(String json) {
        return new FactsReader(name -> false, id -> "hashed")
                .ofMessage(NOTHING, new JsonMapper().readTree("{\"method\":\"ping\",\"id\":" + json + "}"));
    }

    @Test
    void shows_no_control_character_and_no_half_of_a_pair() {
        qt().withExamples(3_000)
                .forAll(texts())
                .checkAssert(text -> assertThat(of("a", text).source().clientInfo())
                        .contains(text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?")));
        assertThat(of("a", "x".repeat(199) + "\ud83d\ude00").source().clientInfo())
                .contains("x".repeat(199));
    }
}
