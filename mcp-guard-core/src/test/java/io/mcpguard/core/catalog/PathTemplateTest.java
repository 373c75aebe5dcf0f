package io.mcpguard.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.strings;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathTemplateTest {

    private final PathTemplate template = PathTemplate.of("/api/orders/{orderId}/lines/{line}");

    @Test
    void a_value_becomes_one_encoded_segment() {
        String path = template.expand(Map.of("orderId", "a b?c#d&é", "line", "1"));

        assertThat(path).isEqualTo("/api/orders/a%20b%3Fc%23d%26%C3%A9/lines/1");
    }

    @Test
    void whatever_can_be_expanded_matches_back_to_the_same_values() {
        qt().forAll(strings().allPossible().ofLengthBetween(1, 20))
                .assuming(value -> PathTemplate.problemWith(value).isEmpty())
                .check(value -> {
                    Map<String, String> values = Map.of("orderId", value, "line", "1");
                    return template.match(template.expand(values)).equals(java.util.Optional.of(values));
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "42/fraud-notes",
                "..\\admin",
                "42;admin=true",
                "..%2fadmin",
                "%2e%2e",
                "%252f",
                "a\r\nX-Admin: 1",
                "a\u0000b",
                "\uD800"
            })
    void a_value_that_could_leave_its_segment_is_refused(String value) {
        assertThat(PathTemplate.problemWith(value)).isPresent();
        assertThatThrownBy(() -> template.expand(Map.of("orderId", value, "line", "1")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/orders/1/lines/2/",
                "/api/orders//lines/2",
                "//api/orders/1/lines/2",
                "/api/./orders/1/lines/2",
                "/api/orders/../lines/2",
                "/api/orders/%2e%2e/lines/2",
                "/api/orders/1;x=y/lines/2",
                "/api/orders/1%3Bx/lines/2",
                "/api/orders/1%2F3/lines/2",
                "/api/orders/%252e/lines/2",
                "/api/orders/%c0%ae/lines/2",
                "/api/orders/%/lines/2",
                "/api/orders/%4/lines/2",
                "/api/orders/%zz/lines/2",
                "/api/%6frders/1/lines/2",
                "/api/orders/é/lines/2",
                "/API/orders/1/lines/2",
                "api/orders/1/lines/2",
                ""
            })
    void a_path_that_a_container_might_read_otherwise_matches_nothing(String rawPath) {
        assertThat(template.match(rawPath)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"/api/orders/7/lines/2, 7", "/api/orders/a%20b/lines/2, a b", "/api/orders/%C3%A9/lines/2, é"})
    void values_are_decoded_once(String rawPath, String orderId) {
        assertThat(template.match(rawPath)).hasValue(Map.of("orderId", orderId, "line", "2"));
    }
}
