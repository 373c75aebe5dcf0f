package io.mcpguard.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLEncoder;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanariesTest {

    private final Canaries canaries = new Canaries(new Random(7));

    @Test
    void a_value_is_found_in_clear_in_any_case_of_its_letters() {
        String value = canaries.plant("header");

        assertThat(canaries.in("a" + value + "b")).singleElement().asString().contains("header", "clear");
        assertThat(canaries.in(value.toUpperCase(Locale.ROOT))).hasSize(1);
        assertThat(canaries.in("nothing of it")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "xy", "xyz"})
    void a_value_is_found_in_base64_wherever_it_starts(String before) {
        byte[] text = (before + canaries.plant("cookie") + "tail").getBytes(UTF_8);

        assertThat(canaries.in(Base64.getEncoder().encode(text))).isNotEmpty();
        assertThat(canaries.in(Base64.getUrlEncoder().withoutPadding().encode(text)))
                .isNotEmpty();
        assertThat(canaries.in(Base64.getEncoder().encode("xyzxyzxyzxyzxyzxyzxyz".getBytes(UTF_8))))
                .isEmpty();
    }

    @Test
    void a_value_is_found_in_hexadecimal_in_percent_signs_and_in_json() {
        String value = canaries.plant("query");
        byte[] bytes = value.getBytes(UTF_8);
        StringBuilder escaped = new StringBuilder();
        value.chars().forEach(c -> escaped.append(String.format("\\u%04X", c)));

        assertThat(canaries.in(HexFormat.of().formatHex(bytes))).isNotEmpty();
        assertThat(canaries.in(HexFormat.of().withUpperCase().formatHex(bytes))).isNotEmpty();
        assertThat(canaries.in(HexFormat.of().withPrefix("%").withUpperCase().formatHex(bytes)))
                .isNotEmpty();
        assertThat(canaries.in(escaped.toString())).isNotEmpty();
        assertThat(canaries.in(URLEncoder.encode("a b=" + value, UTF_8))).isNotEmpty();
    }

    @Test
    void a_value_may_be_where_it_is_meant_to_be() {
        String value = canaries.plant("user agent");

        assertThat(canaries.in(value, "user agent")).isEmpty();
        assertThat(canaries.in(value, "another")).hasSize(1);
    }

    @Test
    void a_value_that_would_be_found_by_chance_is_refused() {
        assertThatThrownBy(() -> canaries.plant("path", "7")).isInstanceOf(IllegalArgumentException.class);
    }
}
