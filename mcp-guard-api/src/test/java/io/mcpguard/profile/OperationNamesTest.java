package io.mcpguard.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationNamesTest {

    private static final long SEED = 20_261_123;

    @ParameterizedTest
    @CsvSource({
        "getOrder, getOrder, true",
        "getOrder, getOrders, false",
        "getOrder, getorder, false",
        "get*, getOrder, true",
        "get*, get, true",
        "get*, listGet, false",
        "*, anything, true",
        "**, anything, true",
        "*Order, getOrder, true",
        "*Order, getOrders, false",
        "g*t*r, getOrder, true",
        "a*a, a, false",
        "a*a, aa, true",
        "*ab*ab*, xabxab, true",
        "*ab*ab*, xabxa, false"
    })
    void a_star_stands_for_any_text_and_nothing_else_does(String text, String id, boolean included) {
        OperationNames names = OperationNames.of(Set.of(text));

        assertThat(names.includes(id)).isEqualTo(included);
        assertThat(names.fitting(id)).hasSize(included ? 1 : 0);
    }

    @Test
    void says_the_same_as_a_regular_expression_would() {
        Random random = new Random(SEED);
        for (int round = 0; round < 20_000; round++) {
            String glob = text(random, "ab*", 6);
            String id = text(random, "ab", 8);
            String regex = glob.replace("*", ".*");

            assertThat(OperationNames.of(Set.of(glob)).includes(id))
                    .as("seed %s: %s on %s", SEED, glob, id)
                    .isEqualTo(Pattern.matches(regex, id));
        }
    }

    @Test
    void many_stars_take_no_time_that_grows_with_their_number() {
        OperationNames names = OperationNames.of(Set.of("*a".repeat(31) + "*b"));

        boolean included =
                Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), () -> names.includes("a".repeat(100_000)));

        assertThat(included).isFalse();
    }

    @Test
    void no_names_include_nothing() {
        assertThat(OperationNames.of(Set.of()).includes("getOrder")).isFalse();
        assertThat(OperationNames.of(Set.of()).includes("")).isFalse();
    }

    private static String text(Random random, String letters, int longest) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(longest) + 1; length > 0; length--) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }
}
