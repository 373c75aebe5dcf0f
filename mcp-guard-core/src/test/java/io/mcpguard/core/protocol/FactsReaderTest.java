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
import org.quicktheories.core.Gen;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class FactsReaderTest {

    private static final RequestFacts NOTHING = new FactsReader(name -> false)
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
        return new FactsReader(name -> false).ofMessage(NOTHING, message);
    }

    @Test
    void names_what_looks_like_a_method_and_nothing_else() {
        qt().withExamples(3_000).forAll(texts()).checkAssert(text -> {
            boolean looksLikeOne = text.matches("[A-Za-z][A-Za-z0-9_/.$-]{0,63}");

            assertThat(of(text, "x").method()).isEqualTo(looksLikeOne ? text : "unknown");
        });
        assertThat(of("a".repeat(64), "x").method()).hasSize(64);
        assertThat(of("a".repeat(65), "x").method()).isEqualTo("unknown");
    }

    @Test
    void shows_no_control_character_and_no_half_of_a_pair() {
        qt().withExamples(3_000)
                .forAll(texts())
                .checkAssert(text ->
                        assertThat(of("a", text).source().clientInfo()).contains(text.replaceAll("\\p{Cntrl}", "?")));
        assertThat(of("a", "x".repeat(199) + "\ud83d\ude00").source().clientInfo())
                .contains("x".repeat(199));
    }
}
