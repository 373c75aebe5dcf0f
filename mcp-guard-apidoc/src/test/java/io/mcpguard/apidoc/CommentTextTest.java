package io.mcpguard.apidoc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommentTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Reads {@code List<String> & more}.|Reads List<String> & more.",
                "See {@link java.util.List#size() the size} or {@link java.util.List}.|See the size or List.",
                "See {@link #cancel(String)}.|See cancel(String).",
                "<b>Bold</b> &lt;tag&gt; &amp;amp; {@literal @}x|Bold <tag> &amp; @x",
                "Of {@code {braces}} and {@unknown thing}|Of {braces} and",
                "{@return the id}|Returns the id.",
                "Broken {@code never closed|Broken never closed"
            })
    void shows_what_a_reader_of_the_page_would_see(String comment, String text) {
        assertThat(CommentText.of(comment).description()).isEqualTo(text);
    }

    @org.junit.jupiter.api.Test
    void keeps_paragraphs_and_tags_apart() {
        CommentText text = CommentText.of(
                " First\n line.\n\n <p>Second.\n <ul><li>One</li></ul>\n @param id which\n   one\n @return it\n @see X\n");

        assertThat(text.description()).isEqualTo("First line.\nSecond.\nOne");
        assertThat(text.parameter("id")).isEqualTo("which one");
        assertThat(text.parameter("other")).isEmpty();
        assertThat(text.returned()).isEqualTo("it");
        assertThat(CommentText.of(null).description()).isEmpty();
    }
}
