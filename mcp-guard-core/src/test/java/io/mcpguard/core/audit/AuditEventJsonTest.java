package io.mcpguard.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import io.mcpguard.audit.AuditCaller;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditResult;
import io.mcpguard.audit.AuditSource;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.AuditVerdict;
import io.mcpguard.audit.AuditVerdict.AuditLimit;
import io.mcpguard.audit.ChainLink;
import io.mcpguard.audit.Channel;
import io.mcpguard.audit.Stage;
import io.mcpguard.core.mask.ArgumentMask;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.quicktheories.core.Gen;

class AuditEventJsonTest {

    private final Events events = new Events();

    /** Any sequence of UTF-16 units, halves of pairs included, with many of the ones that break lines and terminals. */
    private static Gen<String> anyText() {
        Gen<Integer> unit = integers().between(0, 0xFFFF);
        Gen<Integer> nasty = integers().between(0, 0x20);
        Gen<Integer> half = integers().between(0xD800, 0xDFFF);
        return lists().of(unit.mix(nasty, 30).mix(half, 20))
                .ofSizeBetween(0, 700)
                .map(units -> units.stream()
                        .map(one -> String.valueOf((char) (int) one))
                        .collect(Collectors.joining()));
    }

    @Test
    void any_text_from_a_request_stays_one_line_of_ascii_and_reads_back() {
        qt().withExamples(300).forAll(anyText(), anyText()).checkAssert((one, other) -> {
            AuditEvent event = full(one, other);

            String text = AuditEventJson.text(event);

            assertThat(text).matches("[ -~]+");
            AuditEvent read = parsed(text);
            assertThat(AuditEventJson.text(read)).isEqualTo(text);
            assertThat(read.stage()).isEqualTo(Stage.OUTCOME);
            assertThat(read.caller().clientId()).isEqualTo("claude");
        });
    }

    @Test
    void reads_back_every_field() throws MalformedRecordException {
        AuditEvent event = full("text", "\u00e9\u20ac\ud83d\ude00");

        assertThat(AuditEventJson.parse(AuditEventJson.text(event))).isEqualTo(event);
        assertThat(AuditEventJson.parse(AuditEventJson.text(events.intent()))).isNotNull();
    }

    @Test
    void members_are_sorted_at_every_level() {
        String text = AuditEventJson.text(full("b", "a"));

        assertThat(text)
                .startsWith("{\"arguments\":{\"/a\":\"a\",\"/b\":\"b\"},\"callId\":\"")
                .containsSubsequence(
                        "\"caller\":{\"clientId\":",
                        "\"credentialId\":",
                        "\"principal\":",
                        "\"profileId\":",
                        "\"channel\":",
                        "\"id\":",
                        "\"link\":",
                        "\"method\":",
                        "\"result\":",
                        "\"source\":",
                        "\"stage\":",
                        "\"target\":",
                        "\"time\":\"2026-11-22T14:00:00.123456Z\",\"v\":1,",
                        "\"verdict\":");
    }

    @Test
    void long_texts_and_many_arguments_are_cut_and_say_so() throws MalformedRecordException {
        Map<String, String> many = new LinkedHashMap<>();
        for (int i = 0; i < 1_000; i++) {
            many.put("/body/" + i, "x".repeat(10_000));
        }

        String text = AuditEventJson.text(with(events.intent(), many));
        AuditEvent read = AuditEventJson.parse(text);

        assertThat(text.length()).isLessThan(128 * 600);
        assertThat(read.arguments()).hasSize(129).containsEntry(ArgumentMask.CUT, "872");
        assertThat(read.arguments().get("/body/0")).hasSize(515).endsWith("x...");
    }

    @Test
    void the_largest_record_fits_a_frame() {
        Map<String, String> many = new LinkedHashMap<>();
        for (int i = 0; i < 1_000; i++) {
            many.put(i + "\u0001".repeat(10_000), "\u0001".repeat(10_000));
        }
        AuditEvent event = full("\u0001".repeat(10_000), "\u0002".repeat(10_000));

        assertThat(AuditEventJson.payload(with(event, many)).length).isLessThan(JournalFormat.MAX_PAYLOAD);
    }

    @Test
    void refuses_what_is_not_an_event() {
        for (String text : List.of("", "{}", "[]", "null", "{\"id\":1}", "{\"arguments\":", "\u00e9")) {
            assertThatThrownBy(() -> AuditEventJson.parse(text)).isInstanceOf(MalformedRecordException.class);
        }
    }

    private AuditEvent full(String one, String other) {
        Map<String, String> arguments = new LinkedHashMap<>();
        arguments.put("/" + one, one);
        arguments.put("/" + other, other);
        return new AuditEvent(
                events.ids.next(),
                events.ids.next(),
                Stage.OUTCOME,
                events.clock.instant(),
                Channel.REST,
                one,
                new AuditTarget(other, one),
                new AuditCaller("claude", one, other, Optional.of(one), Optional.of(other)),
                new AuditVerdict(true, one, other, Optional.of(new AuditLimit(one, 10, 0, 250))),
                AuditResult.ofStatus(404, Duration.ofNanos(1_234_000))
                        .withBytes(1, Long.MAX_VALUE)
                        .withRpcCode(-32602),
                new AuditSource(
                        one,
                        65535,
                        Optional.of(one),
                        Optional.of(other),
                        Optional.of(one),
                        Optional.of(other),
                        Optional.of(one)),
                arguments,
                Optional.of(new ChainLink("00000001-0000000000000001", 7, "0".repeat(64), "f".repeat(64))));
    }

    private static AuditEvent with(AuditEvent event, Map<String, String> arguments) {
        return new AuditEvent(
                event.id(),
                event.callId(),
                event.stage(),
                event.time(),
                event.channel(),
                event.method(),
                event.target(),
                event.caller(),
                event.verdict(),
                event.result(),
                event.source(),
                arguments,
                event.link());
    }

    private static AuditEvent parsed(String text) {
        try {
            return AuditEventJson.parse(text);
        } catch (MalformedRecordException e) {
            throw new AssertionError(text, e);
        }
    }
}
