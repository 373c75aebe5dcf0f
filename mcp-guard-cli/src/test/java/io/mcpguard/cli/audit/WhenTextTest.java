package io.mcpguard.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhenTextTest {

    private final WhenText paris = new WhenText(ZoneId.of("Europe/Paris"), Instant.parse("2026-11-22T23:30:00Z"));

    @ParameterizedTest
    @CsvSource({
        "2026-11-21T14:00:00Z,      2026-11-21T14:00:00Z",
        "2026-11-21T14:00:00.123456Z, 2026-11-21T14:00:00.123456Z",
        "2026-11-21T14:00+03:00,    2026-11-21T11:00:00Z",
        "2026-11-21t14:00z,         2026-11-21T14:00:00Z",
        "2026-11-21T14:00,          2026-11-21T13:00:00Z",
        "2026-11-21 14:00:30,       2026-11-21T13:00:30Z",
        "2026-07-21 14:00,          2026-07-21T12:00:00Z",
        "2026-11-21,                2026-11-20T23:00:00Z",
        "14:00,                     2026-11-23T13:00:00Z",
        "today,                     2026-11-22T23:00:00Z",
        "today 08:15,               2026-11-23T07:15:00Z",
        "yesterday,                 2026-11-21T23:00:00Z",
        "Yesterday 14:00,           2026-11-22T13:00:00Z",
        "now,                       2026-11-22T23:30:00Z"
    })
    void reads_times_as_people_write_them(String text, Instant instant) {
        assertThat(paris.read(text)).isEqualTo(instant);
    }

    @Test
    void says_what_it_would_have_understood() {
        for (String text : new String[] {"", "2pm", "yesterday at noon", "2026-13-01", "25:00", "\u001b[2J"}) {
            assertThatThrownBy(() -> paris.read(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("yesterday 14:00")
                    .hasMessageNotContaining("\u001b");
        }
    }
}
