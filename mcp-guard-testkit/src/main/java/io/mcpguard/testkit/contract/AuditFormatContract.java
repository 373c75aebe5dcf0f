package io.mcpguard.testkit.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.audit.AuditCaller;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditFormat;
import io.mcpguard.audit.AuditResult;
import io.mcpguard.audit.AuditResult.Outcome;
import io.mcpguard.audit.AuditSource;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.AuditVerdict;
import io.mcpguard.audit.AuditVerdict.AuditLimit;
import io.mcpguard.audit.ChainLink;
import io.mcpguard.audit.Channel;
import io.mcpguard.audit.Stage;
import io.mcpguard.testkit.Together;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TimeZone;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The rules of {@link AuditFormat}. Extend it and say how to make the format.
 *
 * <p>Tests of AF-1 change the language and the time zone of the process for a moment, so nothing else is to run beside them in
 * the same process.
 *
 * @since 0.1
 */
public abstract class AuditFormatContract {

    /** Texts that end a line, hide a text, turn its direction, or have no UTF-8. */
    private static final List<String> HOSTILE = List.of(
            "a\nb",
            "a\r\nb",
            "a\rb",
            "\u0000\u0001\u0007\b\u000b\f\u001b[2J\u007f",
            "\u0080\u0085\u009b\u2028\u2029",
            "\u202e\u2066\u200f\ufeff",
            "\ud800",
            "\udc00\ud800",
            "\"quoted\" 'so' \\ back | pipe = equals ] [ { } < > & % ;",
            "\u00e9\u20ac\ud83d\ude00",
            "\t",
            " ",
            "");

    /** For subclasses. */
    protected AuditFormatContract() {}

    /**
     * Makes the format under test.
     *
     * @return a new format, each time made with the same settings
     */
    protected abstract AuditFormat newFormat();

    @Test
    @DisplayName("AF-1 the same event gives the same text, from another format of the same settings too")
    void same_event_same_text() {
        AuditFormat format = newFormat();

        for (AuditEvent event : everyKind()) {
            assertThat(format.format(event))
                    .isEqualTo(format.format(event))
                    .isEqualTo(newFormat().format(event));
        }
    }

    @Test
    @DisplayName("AF-1 the text does not depend on the language and the time zone of the machine")
    void language_and_zone_do_not_matter() {
        List<String> here = texts(newFormat());
        Locale language = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        try {
            for (String tag : List.of("tr-TR", "ar-EG-u-nu-arab", "th-TH-u-ca-buddhist-nu-thai")) {
                Locale.setDefault(Locale.forLanguageTag(tag));
                TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
                assertThat(texts(newFormat())).isEqualTo(here);
            }
        } finally {
            Locale.setDefault(language);
            TimeZone.setDefault(zone);
        }
    }

    @Test
    @DisplayName("AF-2 no text in any field begins a second line")
    void one_record_is_one_line() {
        AuditFormat format = newFormat();

        for (String hostile : HOSTILE) {
            for (Stage stage : Stage.values()) {
                for (Channel channel : Channel.values()) {
                    String text = format.format(filled(hostile, stage, channel));
                    assertThat(text).isNotEmpty();
                    assertThat(text.chars().filter(AuditFormatContract::breaksLine))
                            .as("characters that break a line, with %s in every field", escaped(hostile))
                            .isEmpty();
                }
            }
        }
    }

    @Test
    @DisplayName("AF-3 what comes out can be encoded as UTF-8")
    void text_has_an_encoding() {
        AuditFormat format = newFormat();

        for (String hostile : HOSTILE) {
            assertThat(UTF_8.newEncoder().canEncode(format.format(filled(hostile, Stage.OUTCOME, Channel.MCP))))
                    .as("encodes with %s in every field", escaped(hostile))
                    .isTrue();
        }
    }

    @Test
    @DisplayName("AF-4 extreme numbers and times are written too")
    void extremes_do_not_throw() {
        AuditFormat format = newFormat();

        for (Instant time : List.of(Instant.MIN, Instant.MAX, Instant.EPOCH, Instant.parse("9999-12-31T23:59:59Z"))) {
            for (long number : new long[] {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE}) {
                assertThat(format.format(extreme(time, number))).isNotEmpty();
            }
        }
    }

    @Test
    @DisplayName("AF-4 what tells two events apart is in the text, and an absent value is not made up")
    void identity_is_in_the_text() {
        AuditFormat format = newFormat();
        AuditEvent event = plain(1);

        assertThat(format.format(event)).contains(event.id().toString());
        assertThat(format.format(event)).doesNotContain("Optional", "null");
        assertThat(format.format(plain(2))).isNotEqualTo(format.format(event));
    }

    @Test
    @DisplayName("AF-5 the largest event stays below the bound")
    void size_is_bounded() {
        AuditFormat format = newFormat();

        assertThat(format.maxBytes()).isBetween(1, AuditFormat.MOST_BYTES);
        for (String filling : List.of("\u0001", "\u20ac", "\"", "=", "x")) {
            AuditEvent event = filled(filling.repeat(100_000), Stage.INTENT, Channel.MCP);
            assertThat(format.format(event).getBytes(UTF_8).length)
                    .as("bytes with 100,000 times %s in every field", escaped(filling))
                    .isLessThanOrEqualTo(format.maxBytes());
        }
    }

    @Test
    @DisplayName("AF-6 many threads get the text that one gets")
    void many_threads_at_once() {
        AuditFormat format = newFormat();
        List<String> alone = texts(format);

        assertThat(Together.run(8, () -> texts(format)))
                .allSatisfy(texts -> assertThat(texts).isEqualTo(alone));
    }

    @Test
    @DisplayName("AF-7 name and media type have their form and do not change")
    void name_and_media_type() {
        AuditFormat format = newFormat();

        assertThat(format.name()).matches("[a-z0-9-]+").isEqualTo(newFormat().name());
        assertThat(format.mediaType())
                .matches("[a-z]+/[a-z0-9.+-]+")
                .isEqualTo(newFormat().mediaType());
        assertThat(format.maxBytes()).isEqualTo(newFormat().maxBytes());
    }

    /** All of Unicode's control characters but the tab, and its two separators of lines. */
    private static boolean breaksLine(int c) {
        return (Character.isISOControl(c) && c != '\t') || c == 0x2028 || c == 0x2029;
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.chars()
                .limit(40)
                .forEach(c -> escaped.append(Integer.toHexString(c)).append(' '));
        return escaped.toString();
    }

    private static List<String> texts(AuditFormat format) {
        return everyKind().stream().map(format::format).toList();
    }

    private static List<AuditEvent> everyKind() {
        List<AuditEvent> events = new ArrayList<>();
        events.add(plain(1));
        for (Stage stage : Stage.values()) {
            for (Channel channel : Channel.values()) {
                events.add(filled("titIT-" + events.size(), stage, channel));
            }
        }
        return events;
    }

    private static AuditEvent plain(int number) {
        return new AuditEvent(
                new UUID(0x0190_0000_0000_7000L, 0x8000_0000_0000_0000L + number),
                new UUID(0x0190_0000_0000_7001L, 0x8000_0000_0000_0000L + number),
                Stage.DENIED,
                Instant.parse("2026-01-01T12:00:00Z"),
                Channel.REST,
                "GET",
                AuditTarget.unknown(),
                AuditCaller.anonymous(),
                new AuditVerdict(false, "unauthenticated", "key-unknown", Optional.empty()),
                AuditResult.ofStatus(401, Duration.ofNanos(1_234_000)),
                AuditSource.of("192.0.2.1", 0),
                Map.of(),
                Optional.empty());
    }

    /** The same text in every field, and in the names and values of more arguments than anybody sends. */
    private static AuditEvent filled(String text, Stage stage, Channel channel) {
        Map<String, String> arguments = new LinkedHashMap<>();
        arguments.put(text, text);
        for (int i = 0; i < (text.length() > 1000 ? 300 : 2); i++) {
            arguments.put("/body/" + i + text, text);
        }
        return new AuditEvent(
                new UUID(0x0190_0000_0000_7002L, 0x8000_0000_0000_0001L),
                new UUID(0x0190_0000_0000_7003L, 0x8000_0000_0000_0001L),
                stage,
                Instant.parse("2026-01-01T12:00:00.123456Z"),
                channel,
                text,
                new AuditTarget(text, text),
                new AuditCaller(text, text, text, Optional.of(text), Optional.of(text)),
                new AuditVerdict(stage != Stage.DENIED, text, text, Optional.of(new AuditLimit(text, 1, 0, 250))),
                AuditResult.ofStatus(404, Duration.ofNanos(1_234_000))
                        .withBytes(12, 3_456)
                        .withRpcCode(-32_602),
                new AuditSource(
                        text,
                        65_535,
                        Optional.of(text),
                        Optional.of(text),
                        Optional.of(text),
                        Optional.of(text),
                        Optional.of(text)),
                arguments,
                Optional.of(new ChainLink(text, 7, text, text)));
    }

    private static AuditEvent extreme(Instant time, long number) {
        return new AuditEvent(
                new UUID(number, number),
                new UUID(number, number),
                Stage.OUTCOME,
                time,
                Channel.REST,
                "GET",
                new AuditTarget("getOrder", "GET"),
                AuditCaller.anonymous(),
                new AuditVerdict(
                        true, "allowed", "", Optional.of(new AuditLimit("", (int) number, (int) number, number))),
                new AuditResult(
                        Outcome.SUCCESS,
                        OptionalInt.of((int) number),
                        OptionalInt.of((int) number),
                        Optional.of(Duration.ofNanos(number)),
                        OptionalLong.of(number),
                        OptionalLong.of(number)),
                AuditSource.of("", (int) number),
                Map.of(),
                Optional.of(new ChainLink("", number, "", "")));
    }
}
