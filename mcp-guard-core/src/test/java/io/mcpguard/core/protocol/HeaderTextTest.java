package io.mcpguard.core.protocol;

import static io.mcpguard.core.protocol.OrdersEndpoint.code;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.audit.Stage;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quicktheories.WithQuickTheories;

/** The forms in which a header may repeat a text of the body (MCP 2026-07-28, Streamable HTTP). */
class HeaderTextTest implements WithQuickTheories {

    private static String encoded(String text) {
        return "=?base64?" + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)) + "?=";
    }

    @Test
    void what_is_encoded_comes_back() {
        qt().forAll(strings().basicMultilingualPlaneAlphabet().ofLengthBetween(0, 30))
                .assuming(text -> text.chars().noneMatch(c -> Character.isSurrogate((char) c)))
                .checkAssert(
                        text -> assertThat(HeaderText.decode(encoded(text))).contains(text));
    }

    @Test
    void what_differs_by_one_character_never_stands_for_the_same_text() {
        qt().forAll(
                        strings().basicLatinAlphabet().ofLengthBetween(0, 20),
                        integers().between(0, 1000),
                        integers().between(0, 255))
                .checkAssert((text, at, other) -> {
                    String genuine = encoded(text);
                    int position = at % genuine.length();
                    String changed =
                            genuine.substring(0, position) + (char) other.intValue() + genuine.substring(position + 1);
                    if (!changed.equals(genuine)) {
                        assertThat(HeaderText.decode(changed)).isNotEqualTo(HeaderText.decode(genuine));
                    }
                });
    }

    @Test
    void what_is_cut_or_longer_never_stands_for_the_same_text() {
        qt().forAll(
                        strings().basicLatinAlphabet().ofLengthBetween(1, 20),
                        integers().between(0, 1000))
                .checkAssert((text, at) -> {
                    String genuine = encoded(text);
                    int position = at % genuine.length();
                    String cut = genuine.substring(0, position) + genuine.substring(position + 1);
                    String padded = genuine.substring(0, position) + "=" + genuine.substring(position);

                    assertThat(HeaderText.decode(cut)).isNotEqualTo(HeaderText.decode(genuine));
                    assertThat(HeaderText.decode(padded)).isNotEqualTo(HeaderText.decode(genuine));
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=?base64?RVU?=", // padding missing
                "=?base64?RVU==?=", // too much of it
                "=?base64?RVV=?=", // stray bits
                "=?base64?RV U=?=",
                "=?base64?RV\tU=?=",
                "=?base64?Pj4_?=", // the alphabet of URLs
                "=?base64?RVU=?RVU=?=",
                "=?base64?w6?=", // half a character of UTF-8
                "=?base64?/w==?=",
                "=?base64?7aCA?=", // a surrogate
                "=?base64?wIA=?=", // a zero in more bytes than it needs
                "E\u00dc",
                "E\u007f"
            })
    void what_is_malformed_stands_for_nothing(String value) {
        assertThat(HeaderText.decode(value)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "EU",
                "RVU=",
                "=?base64?",
                "?=",
                "=?base64?=",
                "=?base64?RVU=",
                "RVU=?=",
                "=?Base64?RVU=?=",
                "=?BASE64?RVU=?=",
                "=?utf-8?B?RVU=?=",
                " =?base64?RVU=?="
            })
    void what_is_not_marked_exactly_stands_for_itself(String value) {
        assertThat(HeaderText.decode(value)).contains(value);
    }

    @ParameterizedTest
    @CsvSource({
        "EU, 200",
        "=?base64?RVU=?=, 200",
        "eu, 400",
        "=?base64?RVU?=, 400",
        "=?BASE64?RVU=?=, 400",
        "=?base64?ZXU=?=, 400",
        "RVU=, 400",
        "(none), 400"
    })
    void a_parameter_stands_in_its_header_as_in_the_body_or_nothing_runs(String value, int status) {
        OrdersEndpoint server = new OrdersEndpoint();
        OrdersFeatures features = OrdersFeatures.at(server);

        McpResponse response = server.modern(
                "tools/call",
                ",\"name\":\"address\",\"arguments\":{\"region\":\"EU\"}",
                "Mcp-Name: address",
                "Mcp-Param-Region: " + value);

        assertThat(response.status()).isEqualTo(status);
        assertThat(code(response)).isEqualTo(status == 200 ? 0 : -32020);
        assertThat(features.ran).hasSize(status == 200 ? 1 : 0);
        assertThat(server.orders.records.get(0).stage()).isEqualTo(status == 200 ? Stage.INTENT : Stage.DENIED);
    }

    @ParameterizedTest
    @CsvSource({
        "42, 200",
        "42.0, 200",
        "4.2e1, 200",
        "43, 400",
        "0x2A, 400",
        "42abc, 400",
        "'4 2', 400",
        "=?base64?NDI=?=, 200"
    })
    void a_number_is_compared_by_its_value(String value, int status) {
        OrdersEndpoint server = new OrdersEndpoint();
        OrdersFeatures features = OrdersFeatures.at(server);

        McpResponse response = server.modern(
                "tools/call",
                ",\"name\":\"address\",\"arguments\":{\"amount\":42}",
                "Mcp-Name: address",
                "Mcp-Param-Amount: " + value);

        assertThat(response.status()).isEqualTo(status);
        assertThat(features.ran).hasSize(status == 200 ? 1 : 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"region\":null}"})
    void a_header_without_its_parameter_is_a_mismatch(String arguments) {
        OrdersEndpoint server = new OrdersEndpoint();
        OrdersFeatures features = OrdersFeatures.at(server);

        McpResponse response = server.modern(
                "tools/call",
                ",\"name\":\"address\",\"arguments\":" + arguments,
                "Mcp-Name: address",
                "Mcp-Param-Region: EU");

        assertThat(response.status()).isEqualTo(400);
        assertThat(code(response)).isEqualTo(-32020);
        assertThat(features.ran).isEmpty();
    }
}
