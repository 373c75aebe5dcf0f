package io.mcpguard.invocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HttpFieldTest {

    @Test
    void a_name_is_a_token_and_nothing_else() {
        for (int c = 0; c <= 0x200; c++) {
            String text = "a" + (char) c;
            boolean token = text.matches("[0-9A-Za-z!#$%&'*+.^_`|~-]+");

            assertThat(HttpField.isToken(text)).as("character %d", c).isEqualTo(token);
            if (!token) {
                assertThatThrownBy(() -> new HttpField(text, "")).isInstanceOf(IllegalArgumentException.class);
            }
        }
        assertThat(HttpField.isToken("")).isFalse();
        assertThat(HttpField.isToken(" a")).isFalse();
    }

    @Test
    void a_value_holds_no_control_character_but_a_tab_and_nothing_outside_latin_1() {
        for (int c = 0; c <= 0x200; c++) {
            String text = "a" + (char) c + "b";
            boolean value = c == '\t' || (c >= 0x20 && c <= 0xFF && c != 0x7F);

            assertThat(HttpField.isFieldValue(text)).as("character %d", c).isEqualTo(value);
            if (!value) {
                assertThatThrownBy(() -> new HttpField("a", text)).isInstanceOf(IllegalArgumentException.class);
            }
        }
        assertThat(HttpField.isFieldValue("")).isTrue();
    }
}
