package io.mcpguard.syslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditReporter;
import io.mcpguard.core.format.CefFormat;
import io.mcpguard.error.AuditWriteException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What rsyslog, the receiver of most Linux systems, makes of it. */
class RsyslogTest {

    private static final JsonMapper JSON = new JsonMapper();

    private static TestKeys keys;

    @TempDir
    private Path folder;

    @BeforeAll
    static void is_rsyslog_installed() throws Exception {
        assumeTrue(
                Rsyslogd.isInstalled(),
                "rsyslogd with its OpenSSL driver is not installed (on Debian: apt-get install rsyslog rsyslog-openssl), so"
                        + " nothing was sent to it");
        keys = TestKeys.ofThisRun();
    }

    private Rsyslogd rsyslogd(int port, String authentication) throws Exception {
        for (String name : List.of("receiver.key", "receiver.pem", "sender.pem")) {
            Files.write(folder.resolve(name), keys.pem(name));
        }
        return new Rsyslogd(folder, port, authentication);
    }

    private static void awaits(int messages, Rsyslogd rsyslogd) {
        // The last of the lines is empty: each one before has been written to its end.
        await().untilAsserted(
                        () -> assertThat(rsyslogd.raw()).as(rsyslogd.log()).hasSize(messages + 1));
        await().untilAsserted(() -> assertThat(rsyslogd.parsed()).hasSize(messages + 1));
    }

    @Test
    void it_has_every_message_in_order_and_character_by_character() throws Exception {
        List<AuditEvent> events = SomeEvents.events(0, 1_200);
        try (Rsyslogd rsyslogd = rsyslogd(0, "anon");
                SyslogAuditSink sink = SyslogAuditSink.builder("localhost", rsyslogd.port(), SomeEvents.FORMAT)
                        .tls(keys.sendingWithout())
                        .build()) {
            for (int from = 0; from < events.size(); from += 400) {
                sink.write(events.subList(from, from + 400));
            }
            awaits(events.size(), rsyslogd);

            assertThat(rsyslogd.raw().subList(0, events.size()))
                    .isEqualTo(events.stream().map(SomeEvents.FORMAT::format).toList());
        }
    }

    @Test
    void it_understands_header_structured_data_and_text() throws Exception {
        AuditEvent event = SomeEvents.event(7);
        try (Rsyslogd rsyslogd = rsyslogd(0, "anon");
                SyslogAuditSink sink = SyslogAuditSink.builder("localhost", rsyslogd.port(), SomeEvents.FORMAT)
                        .tls(keys.sendingWithout())
                        .build()) {
            sink.write(List.of(event));
            awaits(1, rsyslogd);
            JsonNode parsed = JSON.readTree(rsyslogd.parsed().get(0));

            assertThat(parsed.path("pri").asString()).isEqualTo("110");
            assertThat(parsed.path("host").asString()).isEqualTo("node-1");
            assertThat(parsed.path("app").asString()).isEqualTo("orders");
            assertThat(parsed.path("id").asString()).isEqualTo("mcp.tools.call");
            assertThat(parsed.path("text").asString()).isEqualTo("MCP tool call");
            JsonNode data = parsed.path("data").path("mcpGuard@32473");
            assertThat(data.path("uid").asString()).isEqualTo(event.id().toString());
            assertThat(data.path("consumer").asString()).isEqualTo("claude");
            assertThat(data.path("principal").asString())
                    .isEqualTo("Zürich \u20ac \ud83d\ude00 \"q\" ] \\ 12 <13>\\u000a7");
        }
    }

    @Test
    void it_hands_on_cef_as_the_text() throws Exception {
        CefFormat cef = CefFormat.version0(AuditReporter.of("orders").onNode("node-1"));
        List<AuditEvent> events = SomeEvents.events(0, 3);
        try (Rsyslogd rsyslogd = rsyslogd(0, "anon");
                SyslogAuditSink sink = SyslogAuditSink.builder(
                                "localhost", rsyslogd.port(), SomeEvents.FORMAT.carrying(cef))
                        .tls(keys.sendingWithout())
                        .build()) {
            sink.write(events);
            awaits(3, rsyslogd);
            List<String> texts = new ArrayList<>();
            for (String line : rsyslogd.parsed().subList(0, 3)) {
                texts.add(JSON.readTree(line).path("text").asString());
            }

            assertThat(texts).isEqualTo(events.stream().map(cef::format).toList());
        }
    }

    @Test
    void with_mutual_tls_it_takes_only_the_sender_it_knows() throws Exception {
        List<AuditEvent> events = SomeEvents.events(0, 10);
        try (Rsyslogd rsyslogd = rsyslogd(0, "x509/name")) {
            for (boolean kept : new boolean[] {false, true}) {
                SyslogAuditSink.Builder builder = SyslogAuditSink.builder(
                                "localhost", rsyslogd.port(), SomeEvents.FORMAT)
                        .tls(keys.sendingWithout());
                try (SyslogAuditSink stranger = (kept ? builder.keepConnection() : builder).build()) {
                    assertThatThrownBy(() -> stranger.write(events)).isInstanceOf(AuditWriteException.class);
                }
            }
            try (SyslogAuditSink sink = SyslogAuditSink.builder("localhost", rsyslogd.port(), SomeEvents.FORMAT)
                    .tls(keys.sending())
                    .build()) {
                sink.write(events);
            }
            awaits(events.size(), rsyslogd);
        }
    }

    @Test
    void what_it_did_not_take_while_it_was_down_it_gets_when_it_is_back() throws Exception {
        List<AuditEvent> events = SomeEvents.events(0, 90);
        int port;
        try (Rsyslogd rsyslogd = rsyslogd(0, "anon")) {
            port = rsyslogd.port();
            write(port, events.subList(0, 30));
            awaits(30, rsyslogd);
        }
        assertThatThrownBy(() -> write(port, events.subList(30, 60))).isInstanceOf(AuditWriteException.class);
        try (Rsyslogd rsyslogd = rsyslogd(port, "anon")) {
            write(port, events.subList(30, 60));
            write(port, events.subList(60, 90));
            awaits(90, rsyslogd);

            assertThat(rsyslogd.raw().subList(0, 90))
                    .isEqualTo(events.stream().map(SomeEvents.FORMAT::format).toList());
        }
    }

    private static void write(int port, List<AuditEvent> events) throws IOException {
        try (SyslogAuditSink sink = SyslogAuditSink.builder("localhost", port, SomeEvents.FORMAT)
                .tls(keys.sendingWithout())
                .build()) {
            sink.write(events);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
