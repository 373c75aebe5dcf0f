package io.mcpguard.core.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.core.credential.ApiKey;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallerTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n", "\r", "\t", "\0", "\u001b", "\u007f", "\u0085", "\u009b", "\u202e", "\u2066", "\u2028", "\u200b",
                "\ufeff", "\ud800"
            })
    void nothing_that_moves_what_is_seen_is_kept(String unseen) {
        assertThat(CallerText.shown("a" + unseen + "b")).isEqualTo("a?b");
    }

    @Test
    void what_is_seen_is_kept_up_to_a_length() {
        assertThat(CallerText.shown("Orders-App/1.0 (Zoë; 注文 😀)")).isEqualTo("Orders-App/1.0 (Zoë; 注文 😀)");
        assertThat(CallerText.shown("x".repeat(1 << 20))).hasSize(200);
    }

    @Test
    void a_key_is_removed_also_where_the_text_is_cut() {
        String key = ApiKey.generate(ApiKey.Kind.LIVE, new SecureRandom()).reveal();

        for (int before = 0; before < 200; before++) {
            String shown = CallerText.shown("x".repeat(before) + key + "y".repeat(300));

            assertThat(shown).doesNotContain(key.substring(19, 23));
        }
        assertThat(CallerText.shown("Bearer " + key)).isEqualTo("Bearer " + key.substring(0, 19) + "hidden");
    }

    @ParameterizedTest
    @CsvSource({
        "App Bearer k7qz9vxw2p, App Bearer hidden",
        "bearer: k7qz9vxw2p/1 x, bearer hidden x",
        "Basic dXNlcjpwYXNzd29yZA==, Basic hidden",
        "a bearer of news, a bearer of news"
    })
    void what_stands_where_a_credential_stands_is_removed(String sent, String kept) {
        assertThat(CallerText.shown(sent)).isEqualTo(kept);
    }

    @Test
    void a_signed_token_is_removed() {
        assertThat(CallerText.shown("a eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbm4ifQ.c2lnbmF0dXJl b"))
                .isEqualTo("a hidden b");
    }

    @ParameterizedTest
    @CsvSource({"GET, GET", "DELETE, DELETE", "get, unknown", "ALICE, unknown", "'', unknown"})
    void only_methods_of_http_are_named(String sent, String named) {
        assertThat(CallerText.httpMethod(sent)).isEqualTo(named);
    }

    @ParameterizedTest
    @CsvSource({"2026-07-28, 2026-07-28", "2099-01-01, 2099-01-01", "alice, unknown", "2026-07-28x, unknown"})
    void only_what_looks_like_a_revision_is_named(String sent, String named) {
        assertThat(CallerText.revision(sent)).isEqualTo(named);
    }

    @Test
    void only_a_trace_context_is_kept_as_one() {
        String parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

        assertThat(CallerText.traceparent(List.of(parent))).contains(parent);
        assertThat(CallerText.traceparent(List.of("00-alice"))).isEmpty();
        assertThat(CallerText.traceparent(List.of())).isEmpty();
    }
}
