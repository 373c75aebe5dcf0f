package io.mcpguard.core.tool;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.invocation.HttpField;
import io.mcpguard.invocation.OperationResult;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ServiceAnswerTest {

    private static JsonNode shown(int status, String type, byte[] body, boolean cut, String... headers) {
        List<HttpField> fields = new ArrayList<>();
        if (!type.isEmpty()) {
            fields.add(new HttpField("Content-Type", type));
        }
        for (int i = 0; i < headers.length; i += 2) {
            fields.add(new HttpField(headers[i], headers[i + 1]));
        }
        return ServiceAnswer.of(new OperationResult(status, fields, body, cut));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void json_stays_json_with_its_digits() {
        String json = "{\"a\":[1.0,1,12345678901234567890,null],\"b\":\"\u00e9\"}";

        assertThat(shown(200, "application/json", utf8(json), false)
                        .path("body")
                        .toString())
                .isEqualTo(json);
        assertThat(shown(400, "application/problem+json;charset=UTF-8", utf8("{\"status\":400}"), false)
                        .path("body")
                        .isObject())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1,\"a\":2}", "{\"a\":", "[NaN]", "{} {}"})
    void json_that_parsers_read_differently_is_shown_as_the_text_it_is(String json) {
        assertThat(shown(200, "application/json", utf8(json), false)
                        .path("body")
                        .stringValue(""))
                .isEqualTo(json);
    }

    @ParameterizedTest
    @CsvSource({
        "text/csv, UTF-8",
        "text/plain;charset=ISO-8859-1, ISO-8859-1",
        "text/html; charset=\"utf-16\", UTF-16",
        "application/xml, UTF-8",
        "application/atom+xml, UTF-8",
        "application/x-ndjson, UTF-8",
        "'', UTF-8"
    })
    void text_is_shown_as_text_in_its_charset(String type, String charset) {
        JsonNode shown = shown(200, type, "a;\u00e9\n".getBytes(Charset.forName(charset)), false);

        assertThat(shown.path("body").stringValue("")).isEqualTo("a;\u00e9\n");
        assertThat(shown.has("body_encoding")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/pdf",
                "image/png",
                "text/plain",
                "application/octet-stream",
                "text/x;charset=no-such"
            })
    void bytes_that_are_no_text_are_base64(String type) {
        byte[] bytes = {(byte) 0xFF, 0, 1, (byte) 0xC3};

        JsonNode shown = shown(200, type, bytes, false);

        assertThat(Base64.getDecoder().decode(shown.path("body").stringValue("")))
                .isEqualTo(bytes);
        assertThat(shown.path("body_encoding").stringValue("")).isEqualTo("base64");
    }

    @Test
    void a_body_that_was_cut_says_so_and_loses_at_most_its_broken_last_character() {
        byte[] cut = java.util.Arrays.copyOf(utf8("abc\u00e9"), 4);

        JsonNode text = shown(200, "application/json", cut, true);

        assertThat(text.path("body").stringValue("")).isEqualTo("abc");
        assertThat(text.path("truncated").booleanValue()).isTrue();
    }

    @Test
    void an_empty_answer_has_no_body() {
        assertThat(shown(204, "", new byte[0], false).toString()).isEqualTo("{\"status\":204,\"headers\":{}}");
    }

    @Test
    void only_headers_that_help_are_shown() {
        JsonNode headers = shown(
                        201,
                        "",
                        new byte[0],
                        false,
                        "location",
                        "/api/orders/9",
                        "ETag",
                        "\"1\"",
                        "Link",
                        "<a>",
                        "Link",
                        "<b>",
                        "Set-Cookie",
                        "SESSION=secret",
                        "Server",
                        "internal/1",
                        "X-Internal",
                        "1")
                .path("headers");

        assertThat(headers.toString())
                .isEqualTo("{\"Location\":\"/api/orders/9\",\"ETag\":\"\\\"1\\\"\",\"Link\":\"<a>, <b>\"}");
    }
}
