package io.mcpguard.kafka;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditSink;
import io.mcpguard.core.format.JournalJsonFormat;
import io.mcpguard.testkit.contract.AuditSinkContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

class KafkaAuditSinkContractTest extends AuditSinkContract {

    private final Broker broker = Broker.started();
    private final String topic = broker.newTopic(1);
    private @Nullable ServerSocket silent;

    @Override
    protected AuditSink newSink() {
        return new KafkaAuditSink(Map.of("bootstrap.servers", broker.address()), topic, new JournalJsonFormat());
    }

    @Override
    protected List<AuditEvent> kept() {
        return broker.records(topic).stream().map(Broker::event).toList();
    }

    /** Its topic is not there, and brokers make none. */
    @Override
    protected AuditSink failingSink() {
        return new KafkaAuditSink(
                Map.of("bootstrap.servers", broker.address()),
                "not-there",
                new JournalJsonFormat(),
                Duration.ofMillis(600));
    }

    @Override
    protected Optional<AuditSink> hangingSink() {
        try {
            ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            silent = socket;
            return Optional.of(new KafkaAuditSink(
                    Map.of("bootstrap.servers", "127.0.0.1:" + socket.getLocalPort()), topic, new JournalJsonFormat()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void stopListening() throws IOException {
        if (silent != null) {
            silent.close();
        }
    }
}
