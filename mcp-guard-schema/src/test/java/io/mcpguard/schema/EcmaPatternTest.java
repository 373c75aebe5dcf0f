package io.mcpguard.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EcmaPatternTest {

    @Test
    void anchors_what_java_matches_as_a_whole() {
        assertThat(EcmaPattern.matchingWhole("[A-Z]{3}")).contains("^(?:[A-Z]{3})$");
        assertThat(EcmaPattern.matchingWhole("^\\d+$")).contains("^\\d+$");
        assertThat(EcmaPattern.matchingWhole("^a|b$")).contains("^(?:^a|b$)$");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(?i)abc",
                "\\Qa.b\\E",
                "a++",
                "a*+",
                "(?<name>a)",
                "(?=a)b",
                "(?<!a)b",
                "(?>a)",
                "\\p{Alpha}",
                "[a-z&&[^b]]",
                "[a[bc]]",
                "(a)\\1",
                "\\h",
                "\\Aabc\\z",
                "("
            })
    void leaves_out_what_only_java_understands(String regex) {
        assertThat(EcmaPattern.matchingWhole(regex)).isEmpty();
    }

    @Test
    void names_both_cases_of_a_letter_where_case_is_ignored() {
        assertThat(EcmaPattern.ignoringCase("ab[c-e1f]\\d")).contains("[aA][bB][c-eC-E1fF]\\d");
        assertThat(EcmaPattern.ignoringCase("[A-z]")).isEmpty();
    }
}
