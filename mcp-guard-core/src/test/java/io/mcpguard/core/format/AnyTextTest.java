package io.mcpguard.core.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.Channel;
import io.mcpguard.audit.Stage;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.quicktheories.core.Gen;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whatever a caller sends stays one record, reads back as what it is, and pretends to be nothing else. */
class AnyTextTest {

    private static final JsonMapper JSON = new JsonMapper();

    private static final List<String> INJECTIONS = List.of(
            "x\nCEF:0|evil|evil|1|forged|forged|1|act=allowed",
            "x act=allowed src=10.0.0.1",
            "x\tact=allowed\tsrc=10.0.0.1",
            "x|forged|10|",
            "x\"] [forged@1 a=\"b",
            "x\\\" forged=\"y",
            "x\",\"forged\":\"y",
            "x\r\n<110>1 - - - - - - forged",
            "\u2028forged\u2029\u0085forged",
            "\u202edegrof\u001b[31m",
            "${jndi:ldap://forged}");

    /** Any sequence of UTF-16 units, halves of pairs included, with many of the ones that formats are made of. */
    private static Gen<String> anyText() {
        Gen<Integer> unit = integers().between(0, 0xFFFF);
        Gen<Integer> control = integers().between(0, 0x20);
        Gen<Integer> half = integers().between(0xD800, 0xDFFF);
        Gen<Integer> syntax =
                integers().between(0, "\\\"|=][{}<>,: \t".length() - 1).map(i -> (int) "\\\"|=][{}<>,: \t".charAt(i));
        return lists().of(unit.mix(control, 20).mix(half, 20).mix(syntax, 40))
                .ofSizeBetween(0, 300)
                .map(units -> units.stream()
                        .map(one -> String.valueOf((char) (int) one))
                        .collect(Collectors.joining()));
    }

    @Test
    void every_record_is_one_line_and_reads_back() {
        qt().withExamples(150).forAll(anyText(), anyText()).checkAssert((one, other) -> {
            for (Channel channel : Channel.values()) {
                check(one, other, Stage.OUTCOME, channel);
            }
        });
    }

    @Test
    void injections_in_every_field_stay_in_their_field() {
        for (String injection : INJECTIONS) {
            for (Stage stage : Stage.values()) {
                for (Channel channel : Channel.values()) {
                    check(injection, "other", stage, channel);
                    check("other", injection, stage, channel);
                }
            }
        }
    }

    @Test
    void long_texts_are_cut_and_say_so() {
        String longText = "\ud83d\ude00".repeat(500_000);
        AuditEvent event = EmittedEvents.filled(longText, longText, Stage.OUTCOME, Channel.MCP);

        assertThat(JSON.readTree(Formats.named("ocsf").format(event))
                        .at("/actor/app_uid")
                        .stringValue())
                .endsWith("\ud83d\ude00...")
                .hasSizeBetween(514, 515);
        assertThat(CefReader.read(Formats.named("cef").format(event)).values().get("suser"))
                .endsWith("\ud83d\ude00...")
                .hasSizeBetween(1022, 1023);
        assertThat(LeefReader.read(Formats.named("leef").format(event)).values().get("usrName"))
                .endsWith("\ud83d\ude00...")
                .hasSizeBetween(254, 255);
    }

    private static void check(String one, String other, Stage stage, Channel channel) {
        AuditEvent event = EmittedEvents.filled(one, other, stage, channel);
        Formats.all().forEach((name, format) -> {
            String text = format.format(event);
            assertThat(text.lines()).as(name).hasSize(1);
            assertThat(text.getBytes(UTF_8).length).as(name).isLessThanOrEqualTo(format.maxBytes());
        });
        json(event, "ocsf", "/unmapped/mcp_guard/method", one);
        json(event, "ecs", "/event/action", one);
        json(event, "json", "/method", one);
        cef(event, one, other);
        leef(event, one, other);
        syslog(event, one, other);
    }

    private static void json(AuditEvent event, String name, String pointer, String expected) {
        String text = Formats.named(name).format(event);
        assertThat(text).as(name).matches("[ -~]+").doesNotContain("\"\":{}");
        JsonNode json = JSON.readTree(text);
        assertThat(json.at(pointer).stringValue()).as(name).isEqualTo(VisibleText.whole(expected));
        assertThat(json.at("/forged").isMissingNode()).isTrue();
    }

    private static void cef(AuditEvent event, String one, String other) {
        CefReader cef = CefReader.read(Formats.named("cef").format(event));
        assertThat(cef.header().subList(0, 4)).containsExactly("CEF:0", "mcp-guard", "mcp-guard", "0.1.0");
        assertThat(cef.header().get(4)).matches("[a-z0-9.-]+");
        Map<String, String> values = cef.values();
        assertThat(values.getOrDefault("suser", "")).isEqualTo(shown(one));
        assertThat(values.getOrDefault("flexString1", "")).isEqualTo(shown(other));
        assertThat(values.get("act")).isEqualTo(event.verdict().allowed() ? "allowed" : "denied");
        assertThat(values).doesNotContainKeys("src", "forged");
    }

    private static void leef(AuditEvent event, String one, String other) {
        LeefReader leef = LeefReader.read(Formats.named("leef").format(event));
        assertThat(leef.header().subList(1, 4)).containsExactly("mcp-guard", "mcp-guard", "0.1.0");
        assertThat(leef.header().get(4)).matches("[a-z0-9.-]+");
        assertThat(leef.values().getOrDefault("method", "")).isEqualTo(shown(one));
        assertThat(leef.values().getOrDefault("consumer", "")).isEqualTo(shown(other));
        assertThat(leef.values()).doesNotContainKeys("src", "act", "forged");
    }

    private static void syslog(AuditEvent event, String one, String other) {
        SyslogReader syslog = SyslogReader.read(Formats.named("syslog").format(event));
        assertThat(syslog.header().group(4)).isEqualTo("node-1");
        assertThat(syslog.header().group(5)).isEqualTo("orders");
        assertThat(syslog.id()).isEqualTo("mcpGuard@" + SampleEvents.ENTERPRISE_NUMBER);
        Map<String, String> params = syslog.params();
        assertThat(params.get("uid")).isEqualTo(event.id().toString());
        if (!params.containsKey("isTruncated")) {
            assertThat(syslog.message()).hasValue(EventKind.title(event));
            assertThat(params.get("method")).isEqualTo(VisibleText.of(one, 512));
            assertThat(params.get("consumer")).isEqualTo(VisibleText.of(other, 512));
        }
        assertThat(params).doesNotContainKey("forged");
    }

    private static String shown(String text) {
        return VisibleText.of(text, 1023);
    }
}
