package io.mcpguard.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.core.json.JsonReading.Document;
import io.mcpguard.core.json.JsonReading.Flaw;
import io.mcpguard.core.json.JsonReading.Malformed;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quicktheories.WithQuickTheories;
import tools.jackson.databind.JsonNode;

class StrictJsonTest implements WithQuickTheories {

    /** Numbers by value, since {@code 8e0} is written as {@code 8}; everything else as it is. */
    private static final Comparator<JsonNode> SAME_NUMBER =
            (a, b) -> a.isNumber() && b.isNumber() ? a.decimalValue().compareTo(b.decimalValue()) : a.equals(b) ? 0 : 1;

    private final StrictJson json = new StrictJson(JsonLimits.DEFAULT);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "0",
                "-1",
                "1.0",
                "1.10",
                "100",
                "2147483648",
                "-9223372036854775808",
                "9223372036854775808",
                "123456789012345678901234567890",
                "0.1234567890123456789012345678901234567890",
                "1700000000000"
            })
    void a_number_comes_back_with_the_digits_it_came_with(String number) {
        assertThat(JsonOutput.text(tree("[" + number + "]"))).isEqualTo("[" + number + "]");
    }

    @ParameterizedTest
    @CsvSource({"1E400, 1E+400", "8e0, 8", "-0, 0"})
    void a_number_in_another_spelling_comes_back_as_the_same_number(String read, String written) {
        assertThat(JsonOutput.text(tree(read))).isEqualTo(written);
        assertThat(tree(read).decimalValue()).isEqualByComparingTo(read);
    }

    @Test
    void names_strings_nulls_and_order_come_back_as_they_came() {
        String text = "{\"b\":null,\"a\":\"\u00e4\uD83D\uDE00\\n\",\"\":[true,false,{}]}";

        assertThat(JsonOutput.text(tree(text))).isEqualTo(text);
    }

    @Test
    void half_an_escaped_pair_is_refused_and_a_whole_one_is_a_character() {
        assertThat(tree("\"\\uD83D\\uDE00\"").stringValue()).isEqualTo("\uD83D\uDE00");
        for (String half : List.of(
                "\\uD83D", "\\uDE00\\uD83D", "x\\uDE00", "\\uD83Dx", "\\uD83D\\u0041", "\\uD83D\\uD83D\\uDE00")) {
            assertThat(flaw("\"" + half + "\"")).as(half).isIn(Flaw.NOT_UTF8, Flaw.SYNTAX);
            assertThat(flaw("{\"" + half + "\":1}")).as(half).isIn(Flaw.NOT_UTF8, Flaw.SYNTAX);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "C3", // cut in the middle
                "FF", // never valid
                "C080", // overlong NUL
                "C1BF", // overlong
                "E080AF", // overlong slash
                "F08080AF", // overlong slash, four bytes
                "EDA080", // encoded surrogate
                "EDB080",
                "F4908080", // above U+10FFFF
                "F8888080AF" // five bytes
            })
    void bytes_that_are_not_utf8_are_refused(String hex) {
        var bytes = new ByteArrayOutputStream();
        bytes.write('"');
        bytes.writeBytes(java.util.HexFormat.of().parseHex(hex));
        bytes.write('"');

        assertThat(flawOf(json.read(bytes.toByteArray()))).isEqualTo(Flaw.NOT_UTF8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
    void other_encodings_are_refused(String charset) {
        byte[] bytes = "{\"a\":1}".getBytes(java.nio.charset.Charset.forName(charset));

        assertThat(json.read(bytes)).isInstanceOf(Malformed.class);
    }

    @Test
    void a_byte_order_mark_is_refused() {
        assertThat(flaw("\uFEFF{}")).isEqualTo(Flaw.BYTE_ORDER_MARK);
        assertThat(json.read(new byte[] {(byte) 0xFF, (byte) 0xFE, '1', 0})).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":1}",
                "{\"a\":1,\"b\":2,\"a\":2}",
                "[{\"x\":{\"a\":null,\"a\":1}}]",
                "{\"a\":1,\"\\u0061\":2}",
                "{\"\":1,\"\":2}"
            })
    void a_property_that_occurs_twice_is_refused(String text) {
        assertThat(flaw(text)).isEqualTo(Flaw.DUPLICATE_KEY);
    }

    @Test
    void names_that_differ_in_case_are_different_names() {
        assertThat(tree("{\"name\":1,\"Name\":2}").size()).isEqualTo(2);
        assertThat(tree("{\"Name\":2}").get("name")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{} {}", "{}x", "1 2", "[]]", "null\u0000", "{}\uFEFF", "\"a\"\"b\"", "{}//", "[],"})
    void data_after_the_document_is_refused(String text) {
        assertThat(flaw(text)).isEqualTo(Flaw.TRAILING_DATA);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NaN",
                "[Infinity]",
                "[-Infinity]",
                "{'a':1}",
                "{a:1}",
                "[1,]",
                "{\"a\":1,}",
                "[1 2]",
                "[01]",
                "[+1]",
                "[.5]",
                "[1.]",
                "[0x10]",
                "[1e]",
                "// c\n1",
                "/* c */ 1",
                "# c\n1",
                "\"\u0001\"",
                "\"a\nb\"",
                "\"\\x41\"",
                "tru",
                "TRUE",
                "nul",
                "[",
                "{\"a\"",
                "{\"a\":",
                "\"abc",
                "]",
                "}",
                ",",
                "\u001e{}",
                "undefined",
                "\u00a01"
            })
    void extensions_and_fragments_are_refused(String text) {
        assertThat(flaw(text)).isEqualTo(Flaw.SYNTAX);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\r\n\t "})
    void nothing_is_not_a_document(String text) {
        assertThat(flaw(text)).isEqualTo(Flaw.EMPTY);
    }

    @ParameterizedTest
    @CsvSource({"63, true", "64, true", "65, false", "5000, false"})
    void depth_is_bounded(int depth, boolean accepted) {
        String arrays = "[".repeat(depth) + "]".repeat(depth);
        String objects = "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);

        assertThat(json.read(arrays) instanceof Document).isEqualTo(accepted);
        assertThat(json.read(objects) instanceof Document).isEqualTo(accepted);
        if (!accepted) {
            assertThat(flaw(arrays)).isEqualTo(Flaw.TOO_DEEP);
            assertThat(flaw(objects)).isEqualTo(Flaw.TOO_DEEP);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1E999999999", "1e-999999999", "1E99999999999999999999", "-1E2147483648", "1E1300", "0.0E-5000"})
    void an_exponent_that_would_explode_is_refused(String number) {
        assertThat(flaw(number)).isEqualTo(Flaw.TOO_LONG);
    }

    @Test
    void numbers_and_strings_are_bounded_in_length() {
        var small = new StrictJson(new JsonLimits(1000, 8, 10, 12, 100, 20));

        assertThat(small.read("\"" + "x".repeat(10) + "\"")).isInstanceOf(Document.class);
        assertThat(flawOf(small.read("\"" + "x".repeat(11) + "\""))).isEqualTo(Flaw.TOO_LONG);
        assertThat(flawOf(small.read("{\"" + "x".repeat(11) + "\":1}"))).isEqualTo(Flaw.TOO_LONG);
        assertThat(flawOf(small.read("1".repeat(13)))).isEqualTo(Flaw.TOO_LONG);
        assertThat(flawOf(small.read("0." + "1".repeat(13)))).isEqualTo(Flaw.TOO_LONG);
        assertThat(flaw("9".repeat(257))).isEqualTo(Flaw.TOO_LONG);
    }

    @Test
    void elements_are_bounded_over_the_whole_document() {
        var small = new StrictJson(new JsonLimits(1000, 8, 10, 12, 100, 4));

        assertThat(small.read("[1,2,{\"a\":3}]")).isInstanceOf(Document.class);
        assertThat(flawOf(small.read("[1,2,{\"a\":3,\"b\":4}]"))).isEqualTo(Flaw.TOO_MANY);
        assertThat(flawOf(small.read("[[],[],[],[],[]]"))).isEqualTo(Flaw.TOO_MANY);
    }

    @Test
    void size_is_bounded_in_bytes() {
        var small = new StrictJson(JsonLimits.DEFAULT.withMaxBytes(8));

        assertThat(small.read("\"123456\"".getBytes(StandardCharsets.UTF_8))).isInstanceOf(Document.class);
        assertThat(flawOf(small.read("\"12345\u00e9\"".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(Flaw.TOO_LARGE);
    }

    @Test
    void random_bytes_never_throw() {
        qt().forAll(lists().of(integers().between(0, 255)).ofSizeBetween(0, 60)).checkAssert(octets -> {
            byte[] bytes = new byte[octets.size()];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = octets.get(i).byteValue();
            }
            assertThat(json.read(bytes)).isNotNull();
        });
    }

    @Test
    void random_json_like_text_is_read_as_it_is_written_or_refused() {
        String alphabet = "{}[]:,\"\\u0 1e-.tnaD8";
        qt().forAll(lists().of(integers().between(0, alphabet.length() - 1)).ofSizeBetween(0, 30))
                .checkAssert(letters -> {
                    var text = new StringBuilder();
                    letters.forEach(i -> text.append(alphabet.charAt(i)));
                    if (json.read(text.toString()) instanceof Document document) {
                        JsonNode again = tree(JsonOutput.text(document.root()));
                        assertThat(again.equals(SAME_NUMBER, document.root()))
                                .as("%s is %s once written and read again", text, again)
                                .isTrue();
                    }
                });
    }

    private JsonNode tree(String text) {
        JsonReading reading = json.read(text.getBytes(StandardCharsets.UTF_8));
        assertThat(reading).isInstanceOf(Document.class);
        return ((Document) reading).root();
    }

    private Flaw flaw(String text) {
        return flawOf(json.read(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Flaw flawOf(JsonReading reading) {
        assertThat(reading).isInstanceOf(Malformed.class);
        return ((Malformed) reading).flaw();
    }
}
