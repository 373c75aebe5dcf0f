package io.mcpguard.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredTextTest {

    @Test
    void any_text_can_be_stored_and_is_read_back_as_it_was() {
        qt().withExamples(20_000).forAll(HostileTexts.ofFew(12)).check(StoredTextTest::comesBack);
        qt().forAll(HostileTexts.upTo(60)).check(StoredTextTest::comesBack);
    }

    private static boolean comesBack(String text) {
        String stored = StoredText.escape(text);
        return stored.indexOf(0) < 0
                && UTF_8.newEncoder().canEncode(stored)
                && StoredText.read(stored).equals(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "plain", "C:\\users\\u", "\"a\\\"b\"", "\u20ac \ud83d\ude00", "u0000", "\\n", "\\u0041"})
    void ordinary_texts_stay_as_they_are(String text) {
        assertThat(StoredText.escape(text)).isEqualTo(text);
    }

    @Test
    void what_no_column_holds_is_escaped() {
        assertThat(StoredText.escape("a\u0000b")).isEqualTo("a\\u0000b");
        assertThat(StoredText.escape("\ud800")).isEqualTo("\\ud800");
        assertThat(StoredText.escape("\\u0000")).isEqualTo("\\\\u0000");
        assertThat(StoredText.escape("\\\u0000")).isEqualTo("\\\\\\u0000");
    }

    @Test
    void pieces_are_the_whole_and_never_half_a_character() {
        qt().forAll(HostileTexts.upTo(200), integers().between(2, 50)).check((text, most) -> {
            String stored = StoredText.escape(text);
            return String.join("", StoredText.pieces(stored, most)).equals(stored)
                    && StoredText.pieces(stored, most).stream()
                            .allMatch(piece ->
                                    piece.length() <= most && UTF_8.newEncoder().canEncode(piece))
                    && stored.startsWith(StoredText.cut(stored, most))
                    && StoredText.cut(stored, most).length() <= most
                    && UTF_8.newEncoder().canEncode(StoredText.cut(stored, most));
        });
    }
}
