package io.mcpguard.syslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.error.AuditWriteException;
import io.mcpguard.syslog.StrictReceiver.Manner;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeptConnectionTest {

    private static TestKeys keys;

    private StrictReceiver receiver;
    private SyslogAuditSink sink;

    @BeforeAll
    static void make_keys() throws IOException, InterruptedException, GeneralSecurityException {
        keys = TestKeys.ofThisRun();
    }

    @BeforeEach
    void start() throws IOException, GeneralSecurityException {
        receiver = new StrictReceiver(keys.receiving());
        sink = SyslogAuditSink.builder("localhost", receiver.port(), SomeEvents.WHOLE)
                .tls(keys.sendingWithout())
                .longest(Duration.ofSeconds(1))
                .keepConnection()
                .build();
    }

    @AfterEach
    void stop() throws IOException {
        sink.close();
        receiver.close();
        assertThat(receiver.violations()).isEmpty();
    }

    private List<UUID> received() {
        return receiver.messages().stream()
                .map(message -> SomeEvents.parse(message).id())
                .toList();
    }

    @Test
    void all_batches_go_over_one_connection_in_order_and_once() {
        List<AuditEvent> events = new ArrayList<>();
        for (int size : new int[] {1, 512, 3}) {
            List<AuditEvent> batch = SomeEvents.events(events.size(), size);
            sink.write(batch);
            sink.write(batch);
            events.addAll(batch);
        }
        sink.close();

        await().untilAsserted(() -> assertThat(received()).isEqualTo(SomeEvents.ids(events)));
        assertThat(receiver.connections()).isEqualTo(1);
    }

    @Test
    void closing_ends_the_connection_in_order_and_waits_for_the_receiver() {
        List<AuditEvent> events = SomeEvents.events(0, 500);
        sink.write(events);
        sink.close();

        assertThat(received()).isEqualTo(SomeEvents.ids(events));
        assertThatThrownBy(() -> sink.write(events)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void what_a_receiver_had_not_read_when_it_died_comes_again_before_what_follows() throws IOException {
        receiver.behave(Manner.STALL);
        sink.write(SomeEvents.events(0, 20));
        sink.write(SomeEvents.events(20, 10));
        receiver.reset();
        receiver.behave(Manner.READ);
        sink.write(SomeEvents.events(30, 5));
        sink.close();

        assertThat(received()).isEqualTo(SomeEvents.ids(SomeEvents.events(0, 35)));
    }

    @Test
    void a_receiver_that_leaves_while_a_batch_comes_is_a_failure() {
        receiver.behave(Manner.LEAVE);
        assertThatThrownBy(() -> sink.write(SomeEvents.events(0, 20)))
                .isInstanceOf(AuditWriteException.class)
                .hasMessageContaining("did not take a batch");

        receiver.behave(Manner.READ);
        sink.write(SomeEvents.events(0, 20));
        sink.close();

        assertThat(received()).isEqualTo(SomeEvents.ids(SomeEvents.events(0, 20)));
    }

    @Test
    void a_receiver_that_does_not_end_the_connection_holds_closing_for_a_second_at_most() {
        receiver.behave(Manner.HOLD);
        sink.write(SomeEvents.events(0, 20));
        long start = System.nanoTime();
        sink.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        assertThat(received()).isEqualTo(SomeEvents.ids(SomeEvents.events(0, 20)));
    }
}
