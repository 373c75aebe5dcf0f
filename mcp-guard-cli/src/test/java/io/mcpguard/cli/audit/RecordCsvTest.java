package io.mcpguard.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordCsvTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=cmd|' /C calc'!A0",
                "+1+1",
                "-2+3",
                "@SUM(1+1)*cmd",
                "  =1+1",
                "\t=1+1",
                "\r\n=1+1",
                "|calc",
                "%0A",
                "\u00a0=1",
                "\uff1d1+1"
            })
    void nothing_begins_like_a_formula(String payload) {
        String cell = RecordCsv.text(payload);

        assertThat(cell).matches("\"[ -~]*\"");
        assertThat(cell.substring(1, 2)).isNotIn("=", "+", "-", "@", "|", "%", "\t", "\r", " ");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`say \"hi\"`,`\"say \"\"hi\"\"\"`",
                "`a,b;c`,`\"a,b;c\"`",
                "`back\\slash`,`\"back\\\\slash\"`",
                "`caf\u00e9`,`\"caf\\u00e9\"`",
                "``,`\"\"`",
                "`a=b`,`\"a=b\"`"
            })
    void quotes_are_doubled_and_the_rest_is_visible_ascii(String value, String cell) {
        assertThat(RecordCsv.text(value)).isEqualTo(cell);
    }

    @Test
    void lines_stay_one_line() {
        assertThat(RecordCsv.text("a\r\nb\u2028c")).isEqualTo("\"a\\u000d\\u000ab\\u2028c\"");
    }
}
