package io.mcpguard.core.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.core.format.JournalJsonFormat;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Logging does not fail, so what the contract asks of a sink that cannot keep has no meaning here. */
class LogSinkTest {

    private static final String BEFORE = "INFO mcp-guard.audit - ";

    private final JournalJsonFormat format = new JournalJsonFormat();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final PrintStream console = System.err;

    @BeforeEach
    void listen() {
        System.setErr(new PrintStream(log, true, UTF_8));
    }

    @AfterEach
    void restore() {
        System.setErr(console);
    }

    private List<String> lines() {
        return log.toString(UTF_8)
                .lines()
                .filter(line -> line.contains(BEFORE))
                .map(line -> line.substring(line.indexOf(BEFORE) + BEFORE.length()))
                .toList();
    }

    private List<String> formatted(List<AuditEvent> events) {
        return events.stream().map(format::format).toList();
    }

    @Test
    void each_event_is_a_line_at_info_in_order_and_once() {
        List<AuditEvent> events = SomeEvents.events(20);
        try (LogSink sink = new LogSink(format)) {
            sink.write(events.subList(0, 12));
            sink.write(events.subList(5, 20));
        }

        assertThat(lines()).isEqualTo(formatted(events));
    }

    @Test
    void braces_in_a_record_stay_as_they_are() {
        List<AuditEvent> events = SomeEvents.events(1);
        try (LogSink sink = new LogSink(format)) {
            sink.write(events);
        }

        assertThat(lines())
                .singleElement()
                .asString()
                .contains("{\"arguments\":{")
                .doesNotContain("Z\u00fcrich\n");
    }

    @Test
    void says_that_nobody_confirms() {
        try (LogSink sink = new LogSink(format)) {
            assertThat(sink.confirms()).isFalse();
        }
    }

    @Test
    void logs_nothing_once_it_is_closed() {
        LogSink sink = new LogSink(format);
        sink.close();
        sink.close();

        assertThatThrownBy(() -> sink.write(SomeEvents.events(1))).isInstanceOf(IllegalStateException.class);
        assertThat(lines()).isEmpty();
    }
}
