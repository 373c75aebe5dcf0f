package io.mcpguard.core.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import io.mcpguard.core.tool.PropertyNames.Claim;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PropertyNamesTest {

    private static List<String> named(Claim... claims) {
        Map<Claim, String> names = PropertyNames.of(List.of(claims));
        return List.of(claims).stream().map(names::get).toList();
    }

    @Test
    void who_comes_first_keeps_the_name_and_the_others_get_their_location() {
        assertThat(named(
                        new Claim("body", "body"),
                        new Claim("path", "id"),
                        new Claim("query", "id"),
                        new Claim("query", "body"),
                        new Claim("header", "id")))
                .containsExactly("body", "id", "query_id", "query_body", "header_id");
    }

    @Test
    void a_name_made_up_never_takes_one_that_somebody_has() {
        assertThat(named(
                        new Claim("path", "id"),
                        new Claim("query", "id"),
                        new Claim("query", "a b"),
                        new Claim("query", "query_id"),
                        new Claim("header", "a_b")))
                .containsExactly("id", "query_id_2", "query_a_b", "query_id", "a_b");
    }

    @Test
    void characters_that_clients_do_not_take_become_underscores() {
        assertThat(named(new Claim("query", "filter[status]"), new Claim("query", "$top"), new Claim("query", "größe")))
                .containsExactly("filter_status_", "_top", "gr__e");
        assertThat(named(new Claim("query", "a".repeat(80)), new Claim("query", "a".repeat(81))))
                .containsExactly("a".repeat(64), "query_" + "a".repeat(58));
    }

    @Test
    void every_argument_has_a_name_of_its_own_that_clients_take() {
        List<String> words = List.of("id", "query_id", "query_id_2", "i d", "i_d", "header_id", "body", "ß".repeat(70));
        List<String> locations = List.of("path", "query", "header");
        qt().forAll(lists().of(integers().between(0, words.size() * 3 - 1)).ofSizeBetween(0, 20))
                .checkAssert(drawn -> {
                    List<Claim> claims = drawn.stream()
                            .distinct()
                            .map(i -> new Claim(locations.get(i % 3), words.get(i / 3)))
                            .toList();

                    Map<Claim, String> names = PropertyNames.of(claims);

                    assertThat(names.keySet()).containsExactlyInAnyOrderElementsOf(claims);
                    assertThat(names.values()).doesNotHaveDuplicates().allMatch(n -> n.matches("[A-Za-z0-9_.-]{1,64}"));
                });
    }
}
