package io.mcpguard.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.invocation.HttpField;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadersTest {

    private static RequestHeaders of(String name, String... values) {
        return new RequestHeaders(
                Arrays.stream(values).map(value -> new HttpField(name, value)).toList());
    }

    @Test
    void finds_every_value_in_order_under_any_spelling_of_the_name() {
        RequestHeaders headers = new RequestHeaders(List.of(
                new HttpField("X-One", " a\t"),
                new HttpField("X-Two", "b"),
                new HttpField("x-one", ""),
                new HttpField("X-ONE", "c d")));

        assertThat(headers.all("x-One")).containsExactly("a", "", "c d");
        assertThat(headers.all("X-Two")).containsExactly("b");
        assertThat(headers.all("X-Three")).isEmpty();
        assertThat(headers.first("X-one")).contains("a");
        assertThat(headers.first("X-Three")).isEmpty();
        assertThat(headers.has("x-two")).isTrue();
        assertThat(headers.has("X-Three")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON",
                "application/json;charset=utf-8",
                "application/json ; CHARSET=\"UTF-8\" ;"
            })
    void takes_json_in_utf_8(String type) {
        assertThat(of("Content-Type", type).contentIsJson()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/json",
                "application/jsonx",
                "application/json;charset=utf-16",
                "application/json;v=1",
                "application/json,application/json",
                ""
            })
    void takes_nothing_else(String type) {
        assertThat(of("Content-Type", type).contentIsJson()).isFalse();
    }

    @Test
    void takes_one_content_type_and_no_compressed_body() {
        HttpField json = new HttpField("Content-Type", "application/json");

        assertThat(of("Accept").contentIsJson()).isFalse();
        assertThat(new RequestHeaders(List.of(json, json)).contentIsJson()).isFalse();
        assertThat(new RequestHeaders(List.of(json, new HttpField("Content-Encoding", "Identity"))).contentIsJson())
                .isTrue();
        assertThat(new RequestHeaders(List.of(json, new HttpField("Content-Encoding", "gzip"))).contentIsJson())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/* | true | false",
                "application/json | true | false",
                "Application/JSON;q=0.5 | true | false",
                "application/json;q=0 | false | false",
                "application/json ; Q = 0.000 | false | false",
                "text/html | false | false",
                "text/html, text/event-stream | true | true",
                "TEXT/Event-Stream ; q=0.1 | true | true",
                "text/event-stream;q=0 | false | true",
                "application/json;q=0, */*;q=0.1 | true | false",
                "application/jsonx | false | false",
                "'' | false | false",
                "; | false | false",
            })
    void reads_what_the_client_accepts(String accept, boolean json, boolean events) {
        assertThat(of("Accept", accept).acceptsJson()).isEqualTo(json);
        assertThat(of("Accept", accept).acceptsEvents()).isEqualTo(events);
    }

    @Test
    void takes_anything_for_accepted_when_nothing_is_said() {
        assertThat(of("Accept").acceptsJson()).isTrue();
        assertThat(of("Accept").acceptsEvents()).isFalse();
    }
}
