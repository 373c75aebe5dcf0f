package io.mcpguard.otel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditSink;
import io.mcpguard.core.format.JournalJsonFormat;
import io.mcpguard.core.format.OtelAttributes;
import io.mcpguard.error.AuditWriteException;
import io.mcpguard.otel.OtlpReceiver.Manner;
import io.mcpguard.testkit.contract.AuditSinkContract;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtelAuditSinkTest extends AuditSinkContract {

    private static final OtelAttributes ATTRIBUTES = new OtelAttributes(SomeEvents.REPORTER);

    private OtlpReceiver receiver;

    @BeforeEach
    void start() throws IOException {
        Quiet.exporters();
        receiver = new OtlpReceiver();
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    private static OtelAuditSink sink(int port, Duration longest) {
        return OtelAuditSink.builder(SomeEvents.REPORTER, ATTRIBUTES)
                .body(new JournalJsonFormat())
                .longest(longest)
                .http(OtlpHttpLogRecordExporter.builder()
                        .setEndpoint("http://127.0.0.1:" + port + "/v1/logs")
                        .setRetryPolicy(null));
    }

    private OtelAuditSink sink() {
        return sink(receiver.address().getPort(), Duration.ofMillis(4_500));
    }

    @Override
    protected AuditSink newSink() {
        return sink();
    }

    @Override
    protected List<AuditEvent> kept() {
        return receiver.records().stream().map(SomeEvents::parse).toList();
    }

    @Override
    protected AuditSink failingSink() {
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return sink(closed.getLocalPort(), Duration.ofMillis(4_500));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected Optional<AuditSink> hangingSink() {
        receiver.behave(Manner.HANG);
        return Optional.of(newSink());
    }

    @Test
    void every_attribute_arrives_as_it_is_named_and_of_its_type() {
        List<AuditEvent> events = SomeEvents.events(0, 3);
        try (OtelAuditSink sink = sink()) {
            sink.write(events);
        }

        assertThat(receiver.records()).hasSize(3);
        for (int i = 0; i < events.size(); i++) {
            LogRecord record = receiver.records().get(i);
            assertThat(values(record.getAttributesList())).isEqualTo(ATTRIBUTES.attributes(events.get(i)));
            assertThat(record.getEventName()).isEqualTo("mcp.tools.call");
            assertThat(Instant.EPOCH.plusNanos(record.getTimeUnixNano()))
                    .isEqualTo(events.get(i).time());
            assertThat(record.getSeverityNumberValue()).isZero();
            assertThat(hex(record.getTraceId().toByteArray())).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
            assertThat(hex(record.getSpanId().toByteArray())).isEqualTo("00f067aa0ba902b7");
        }
        assertThat(values(receiver.resources().get(0).getAttributesList()))
                .isEqualTo(Map.of(
                        "service.name",
                        "orders",
                        "service.instance.id",
                        "node-1",
                        "service.version",
                        "2.4.0",
                        "deployment.environment.name",
                        "test"));
    }

    @Test
    void a_record_has_no_body_unless_asked_for() {
        try (OtelAuditSink sink = OtelAuditSink.builder(SomeEvents.REPORTER, ATTRIBUTES)
                .http(OtlpHttpLogRecordExporter.builder()
                        .setEndpoint("http://127.0.0.1:" + receiver.address().getPort() + "/v1/logs"))) {
            sink.write(SomeEvents.events(0, 1));
        }

        assertThat(receiver.records()).hasSize(1).allMatch(record -> !record.hasBody());
    }

    @Test
    void records_that_were_refused_in_a_success_are_a_failure() {
        try (OtelAuditSink sink = sink()) {
            receiver.behave(Manner.REJECT_LAST);
            assertThatThrownBy(() -> sink.write(SomeEvents.events(0, 3)))
                    .isInstanceOf(AuditWriteException.class)
                    .hasMessageContaining("it rejected 1 records: too large??[2J");
            assertThat(receiver.records()).hasSize(2);

            receiver.behave(Manner.ACCEPT);
            sink.write(SomeEvents.events(0, 3));
            assertThat(receiver.records()).hasSize(5);
        }
    }

    @Test
    void a_warning_in_a_success_is_none() {
        try (OtelAuditSink sink = sink()) {
            receiver.behave(Manner.WARN);
            sink.write(SomeEvents.events(0, 3));
        }

        assertThat(receiver.records()).hasSize(3);
    }

    @Test
    void a_page_in_the_place_of_an_answer_is_a_failure() {
        try (OtelAuditSink sink = sink()) {
            receiver.behave(Manner.PAGE);
            assertThatThrownBy(() -> sink.write(SomeEvents.events(0, 3)))
                    .isInstanceOf(AuditWriteException.class)
                    .hasMessageContaining("no answer of OTLP");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 413, 429, 500, 503})
    void a_status_that_is_none_of_success_is_a_failure_and_the_batch_can_be_offered_again(int status) {
        List<AuditEvent> events = SomeEvents.events(0, 3);
        try (OtelAuditSink sink = sink()) {
            receiver.fail(status);
            assertThatThrownBy(() -> sink.write(events)).isInstanceOf(AuditWriteException.class);
            assertThat(receiver.records()).isEmpty();

            receiver.behave(Manner.ACCEPT);
            sink.write(events);
        }

        assertThat(kept()).isEqualTo(events);
    }

    @Test
    void confirms_when_it_reads_the_answer_and_not_on_an_exporter_of_somebody_else() {
        LogRecordExporter exporter = OtlpHttpLogRecordExporter.builder()
                .setEndpoint("http://127.0.0.1:" + receiver.address().getPort() + "/v1/logs")
                .build();
        try (OtelAuditSink reading = sink();
                OtelAuditSink any =
                        OtelAuditSink.builder(SomeEvents.REPORTER, ATTRIBUTES).exporter(exporter)) {
            any.write(SomeEvents.events(0, 2));

            assertThat(reading.confirms()).isTrue();
            assertThat(any.confirms()).isFalse();
            assertThat(receiver.records()).hasSize(2);
        }
        assertThat(exporter.export(List.of()).join(1, TimeUnit.SECONDS).isSuccess())
                .as("the exporter is closed with the sink")
                .isFalse();
    }

    private static Map<String, Object> values(List<KeyValue> attributes) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (KeyValue one : attributes) {
            AnyValue value = one.getValue();
            values.put(one.getKey(), value.hasIntValue() ? (Object) value.getIntValue() : value.getStringValue());
        }
        return values;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
