package io.mcpguard.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.longs;

import io.mcpguard.core.audit.CanonicalJson.Name;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {

    private static final Name A = new Name("a");

    private static String of(CanonicalJson json) {
        String text = json.close().result();
        assertThat(json.bytes()).isEqualTo(text.getBytes(StandardCharsets.US_ASCII));
        return text;
    }

    private static CanonicalJson json() {
        return new CanonicalJson().open();
    }

    @Test
    void times_are_written_as_the_platform_writes_them() {
        qt().forAll(
                        longs().between(-62_167_219_200L, 253_402_300_900L),
                        integers().between(0, 999_999_999))
                .checkAssert((second, nano) -> {
                    for (int part : new int[] {nano, nano / 1_000_000 * 1_000_000, 0, 999, nano % 1_000_000}) {
                        Instant time = Instant.ofEpochSecond(second, part);

                        assertThat(of(json().time(A, time)))
                                .isEqualTo("{\"a\":\"" + time.truncatedTo(ChronoUnit.MICROS) + "\"}");
                    }
                });
    }

    @Test
    void ids_are_written_as_the_platform_writes_them() {
        qt().forAll(longs().all(), longs().all()).checkAssert((high, low) -> {
            UUID id = new UUID(high, low);

            assertThat(of(json().id(A, id))).isEqualTo("{\"a\":\"" + id + "\"}");
        });
    }

    @Test
    void numbers_are_written_as_the_platform_writes_them() {
        qt().forAll(longs().all(), integers().between(0, 62)).checkAssert((number, shift) -> {
            for (long one : new long[] {number, number >> shift, 1L << shift, 0, Long.MIN_VALUE, Long.MAX_VALUE}) {
                assertThat(of(json().number(A, one))).isEqualTo("{\"a\":" + one + "}");
            }
        });
    }

    @Test
    void text_of_any_length_finds_room() {
        String escaped = "\u0001".repeat(CanonicalJson.MAX_TEXT);
        CanonicalJson json = json();
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            json.text(A, escaped).bool(A, true);
            expected.append(i == 0 ? "" : ",")
                    .append("\"a\":\"")
                    .append("\\u0001".repeat(CanonicalJson.MAX_TEXT))
                    .append("\",\"a\":true");
        }

        assertThat(of(json)).isEqualTo("{" + expected + "}");
    }
}
