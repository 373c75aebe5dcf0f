package io.mcpguard.syslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditSink;
import io.mcpguard.error.AuditWriteException;
import io.mcpguard.error.ConfigurationException;
import io.mcpguard.syslog.StrictReceiver.Manner;
import io.mcpguard.testkit.contract.AuditSinkContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SyslogAuditSinkTest extends AuditSinkContract {

    private static TestKeys keys;

    private final List<ServerSocket> mute = new ArrayList<>();
    private StrictReceiver receiver;

    @BeforeAll
    static void make_keys() throws IOException, InterruptedException, GeneralSecurityException {
        keys = TestKeys.ofThisRun();
    }

    @BeforeEach
    void start() throws IOException, GeneralSecurityException {
        receiver = new StrictReceiver(keys.receiving());
    }

    @AfterEach
    void stop() throws IOException {
        for (ServerSocket listening : mute) {
            listening.close();
        }
        receiver.close();
        assertThat(receiver.violations()).isEmpty();
    }

    private static SyslogAuditSink.Builder to(int port) {
        try {
            SSLContext trust = keys.sendingWithout();
            return SyslogAuditSink.builder("localhost", port, SomeEvents.WHOLE).tls(trust);
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    protected AuditSink newSink() {
        return to(receiver.port()).build();
    }

    /** Without waiting: a write has returned only when the receiver had read the batch. */
    @Override
    protected List<AuditEvent> kept() {
        return receiver.messages().stream().map(SomeEvents::parse).toList();
    }

    @Override
    protected AuditSink failingSink() {
        return to(unused()).build();
    }

    private static int unused() {
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return closed.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The operating system takes the connection, and nobody says a word on it. */
    @Override
    protected Optional<AuditSink> hangingSink() {
        try {
            ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            mute.add(listening);
            return Optional.of(to(listening.getLocalPort()).build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void confirms_nothing() {
        try (AuditSink sink = newSink()) {
            assertThat(sink.confirms()).isFalse();
        }
    }

    @Test
    void texts_of_several_octets_a_character_are_framed_by_octets() throws IOException {
        List<AuditEvent> events = SomeEvents.events(0, 50);
        try (SyslogAuditSink sink = SyslogAuditSink.builder("localhost", receiver.port(), SomeEvents.FORMAT)
                .tls(keys.sendingWithout())
                .build()) {
            sink.write(events);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }

        assertThat(receiver.messages())
                .isEqualTo(events.stream().map(SomeEvents.FORMAT::format).toList());
        assertThat(receiver.messages().get(0)).contains("Zürich \u20ac \ud83d\ude00");
    }

    @ParameterizedTest
    @EnumSource(
            value = Manner.class,
            names = {"LEAVE", "RESET", "STALL", "HOLD"})
    void what_a_receiver_did_not_take_in_order_comes_again(Manner manner) {
        List<AuditEvent> events = SomeEvents.events(0, 300);
        try (SyslogAuditSink sink =
                to(receiver.port()).longest(Duration.ofMillis(700)).build()) {
            receiver.behave(manner);
            assertThatThrownBy(() -> sink.write(events))
                    .isInstanceOf(AuditWriteException.class)
                    .hasMessageContaining("localhost:" + receiver.port());
            int before = kept().size();
            receiver.behave(Manner.READ);
            sink.write(events);

            assertThat(kept().subList(before, kept().size())).isEqualTo(events);
        }
    }

    @Test
    void a_receiver_that_does_not_read_what_its_buffers_cannot_hold_does_not_hang_a_batch() {
        List<AuditEvent> events = large(SomeEvents.events(0, 512));
        try (SyslogAuditSink sink =
                to(receiver.port()).longest(Duration.ofSeconds(1)).build()) {
            receiver.behave(Manner.STALL);
            for (int round = 0; round < 2; round++) {
                long start = System.nanoTime();
                assertThatThrownBy(() -> sink.write(events))
                        .isInstanceOf(AuditWriteException.class)
                        .hasMessageContaining("longer than");
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
            }
        }
    }

    /** Some 16 MB in all, which no socket buffer takes. */
    private static List<AuditEvent> large(List<AuditEvent> events) {
        return events.stream()
                .map(event -> new AuditEvent(
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
                        arguments(),
                        event.link()))
                .toList();
    }

    private static Map<String, String> arguments() {
        Map<String, String> arguments = new HashMap<>();
        for (int i = 0; i < 64; i++) {
            arguments.put("/body/" + i, "x".repeat(500));
        }
        return arguments;
    }

    @Test
    void a_host_or_port_that_can_be_none_is_refused() {
        assertThatThrownBy(() -> SyslogAuditSink.builder("logs example", 0, SomeEvents.FORMAT)
                        .build())
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        refused -> assertThat(refused.problems()).hasSize(2));
    }

    @Test
    void a_name_that_nobody_has_is_a_failure() {
        try (SyslogAuditSink sink = SyslogAuditSink.builder("no-such-host.invalid", 6514, SomeEvents.FORMAT)
                .build()) {
            assertThatThrownBy(() -> sink.write(SomeEvents.events(0, 1))).isInstanceOf(AuditWriteException.class);
        }
    }
}
