package io.mcpguard.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mcpguard.audit.AuditSink;
import io.mcpguard.core.format.JournalJsonFormat;
import io.mcpguard.testkit.contract.AuditSinkChaosContract;
import io.mcpguard.testkit.contract.SinkFault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;

/** The broker behind a network that breaks. */
class KafkaAuditSinkChaosTest extends AuditSinkChaosContract {

    private final Broker broker = Broker.started();
    private final String topic = broker.newTopic(1);

    @AfterEach
    void heal() {
        broker.proxy().heal();
    }

    @Override
    protected AuditSink newSink() {
        return new KafkaAuditSink(
                Map.of("bootstrap.servers", broker.address()),
                topic,
                new JournalJsonFormat(),
                Duration.ofMillis(1_200));
    }

    @Override
    protected List<SinkFault> faults() {
        return SinkFault.overTcp(broker.proxy());
    }

    @Override
    protected List<UUID> received() {
        return broker.records(topic).stream()
                .map(record -> UUID.fromString(new String(
                        record.headers().lastHeader(KafkaAuditSink.ID_HEADER).value(), UTF_8)))
                .toList();
    }

    @Override
    protected Duplicates duplicates() {
        return Duplicates.WHEN_OFFERED_AGAIN;
    }
}
