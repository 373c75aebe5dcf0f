package io.mcpguard.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.audit.AuditCaller;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditFormat;
import io.mcpguard.audit.AuditResult;
import io.mcpguard.audit.AuditSource;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.AuditVerdict;
import io.mcpguard.audit.ChainLink;
import io.mcpguard.audit.Channel;
import io.mcpguard.audit.Stage;
import io.mcpguard.core.format.JournalJsonFormat;
import io.mcpguard.error.AuditWriteException;
import io.mcpguard.error.ConfigurationException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaAuditSinkTest {

    private static final Broker BROKER = Broker.started();

    private static KafkaAuditSink sink(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.putIfAbsent("bootstrap.servers", BROKER.address());
        return new KafkaAuditSink(all, "audit", new JournalJsonFormat());
    }

    @ParameterizedTest
    @CsvSource({
        "acks, 1",
        "acks, 0",
        "enable.idempotence, false",
        "max.in.flight.requests.per.connection, 5",
        "retries, 0",
        "delivery.timeout.ms, 120000",
        "transactional.id, orders",
        "partitioner.ignore.keys, true",
        "interceptor.classes, com.example.Dropping",
        "value.serializer, com.example.Other"
    })
    void settings_that_would_weaken_the_promise_are_refused(String name, String value) {
        assertThatThrownBy(() -> sink(Map.of(name, value)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"all", "-1"})
    void what_is_so_anyway_may_be_said(String acks) {
        try (KafkaAuditSink sink =
                sink(Map.of("acks", acks, "enable.idempotence", "true", "compression.type", "gzip"))) {
            assertThat(sink.confirms()).isTrue();
        }
    }

    @Test
    void a_value_that_kafka_refuses_is_not_shown() {
        assertThatThrownBy(() -> sink(Map.of("buffer.memory", "canary-4711")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("buffer.memory")
                .hasMessageNotContaining("canary-4711")
                .hasNoCause();
    }

    @Test
    void each_chain_is_in_one_partition_in_its_order_with_ids_to_recognize_events_by() {
        String topic = BROKER.newTopic(4);
        List<AuditEvent> events = IntStream.range(0, 200)
                .mapToObj(i -> event(i, "chain-" + i % 7, "x"))
                .toList();
        try (KafkaAuditSink sink =
                new KafkaAuditSink(Map.of("bootstrap.servers", BROKER.address()), topic, new JournalJsonFormat())) {
            sink.write(events);
        }

        List<ConsumerRecord<String, byte[]>> records = BROKER.records(topic);
        assertThat(records).hasSize(200).allSatisfy(record -> {
            AuditEvent event = Broker.event(record);
            assertThat(record.key()).isEqualTo(event.link().orElseThrow().stream());
            assertThat(new String(
                            record.headers()
                                    .lastHeader(KafkaAuditSink.ID_HEADER)
                                    .value(),
                            UTF_8))
                    .isEqualTo(event.id().toString());
        });
        for (int i = 0; i < 7; i++) {
            String chain = "chain-" + i;
            List<ConsumerRecord<String, byte[]>> ofChain = records.stream()
                    .filter(record -> record.key().equals(chain))
                    .toList();
            assertThat(ofChain)
                    .extracting(ConsumerRecord::partition)
                    .containsOnly(ofChain.get(0).partition());
            assertThat(ofChain)
                    .extracting(Broker::event)
                    .containsExactlyElementsOf(events.stream()
                            .filter(event -> event.link().orElseThrow().stream().equals(chain))
                            .toList());
        }
    }

    @Test
    void what_was_acknowledged_is_not_sent_again_and_nothing_gets_ahead_of_what_was_not() {
        String topic = BROKER.newTopic(1);
        List<AuditEvent> events =
                IntStream.range(0, 5).mapToObj(i -> event(i, "chain", "x")).toList();
        AuditFormat json = new JournalJsonFormat();
        boolean[] tooLarge = {true};
        AuditFormat growing = new AuditFormat() {
            @Override
            public String format(AuditEvent event) {
                return event.id().equals(events.get(2).id()) && tooLarge[0] ? "x".repeat(3 << 20) : json.format(event);
            }

            @Override
            public String name() {
                return json.name();
            }

            @Override
            public String mediaType() {
                return json.mediaType();
            }

            @Override
            public int maxBytes() {
                return json.maxBytes();
            }
        };
        try (KafkaAuditSink sink = new KafkaAuditSink(
                Map.of("bootstrap.servers", BROKER.address()), topic, growing, Duration.ofSeconds(3))) {
            sink.write(events.subList(0, 2));
            assertThatThrownBy(() -> sink.write(events))
                    .isInstanceOf(AuditWriteException.class)
                    .hasMessageContaining("RecordTooLargeException")
                    .hasMessageContaining("max.message.bytes");
            assertThat(BROKER.records(topic)).hasSize(2);

            tooLarge[0] = false;
            sink.write(events);
        }

        assertThat(BROKER.records(topic)).extracting(Broker::event).containsExactlyElementsOf(events);
    }

    private static AuditEvent event(int number, String chain, String agent) {
        return new AuditEvent(
                new UUID(0x0195_0000_0000_7000L, 0x8000_0000_0000_0000L + number),
                new UUID(0x0195_0000_0000_7001L, 0x8000_0000_0000_0000L + number),
                Stage.OUTCOME,
                Instant.parse("2026-03-01T12:00:00Z").plusMillis(number),
                Channel.MCP,
                "tools/call",
                new AuditTarget("getOrder", "GET /api/orders/{orderId}"),
                AuditCaller.anonymous(),
                new AuditVerdict(true, "allowed", "grant:orders", Optional.empty()),
                AuditResult.ofStatus(200, Duration.ofMillis(12)),
                AuditSource.of("192.0.2.1", 40_712),
                Map.of("/path/orderId", agent),
                Optional.of(new ChainLink(chain, number + 1L, "0".repeat(64), "f".repeat(64))));
    }
}
