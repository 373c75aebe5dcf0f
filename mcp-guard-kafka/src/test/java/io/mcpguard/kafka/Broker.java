package io.mcpguard.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.core.audit.AuditEventJson;
import io.mcpguard.core.audit.MalformedRecordException;
import io.mcpguard.testkit.FaultProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.test.KafkaClusterTestKit;
import org.apache.kafka.common.test.TestKitNodes;

/** A real broker in this process, which tells its clients to come through a proxy. Started once; ends with the process. */
final class Broker {

    private static final Broker STARTED = new Broker();

    private final FaultProxy proxy;
    private final AtomicInteger topics = new AtomicInteger();

    private Broker() {
        try {
            int port = freePort();
            proxy = FaultProxy.to(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            KafkaClusterTestKit cluster = new KafkaClusterTestKit.Builder(new TestKitNodes.Builder()
                            .setNumControllerNodes(1)
                            .setNumBrokerNodes(1)
                            .setPerServerProperties(Map.of(
                                    0,
                                    Map.of(
                                            "listeners",
                                            "EXTERNAL://localhost:0,PROXIED://127.0.0.1:" + port,
                                            "advertised.listeners",
                                            "EXTERNAL://localhost:0,PROXIED://" + address(),
                                            "listener.security.protocol.map",
                                            "EXTERNAL:PLAINTEXT,PROXIED:PLAINTEXT,CONTROLLER:PLAINTEXT",
                                            "auto.create.topics.enable",
                                            "false",
                                            "offsets.topic.replication.factor",
                                            "1")))
                            .build())
                    .build();
            cluster.format();
            cluster.startup();
            cluster.waitForReadyBrokers();
        } catch (Exception e) {
            throw new IllegalStateException("the broker does not start", e);
        }
    }

    static Broker started() {
        return STARTED;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    FaultProxy proxy() {
        return proxy;
    }

    String address() {
        return "127.0.0.1:" + proxy.address().getPort();
    }

    /** A topic of one partition, so that all of it has one order. */
    String newTopic(int partitions) {
        String topic = "audit-" + topics.incrementAndGet();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address()))) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                    .all()
                    .get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return topic;
    }

    /** Everything in a topic, as another program reads it. */
    List<ConsumerRecord<String, byte[]>> records(String topic) {
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", address()), new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(each -> new TopicPartition(topic, each.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }

    static AuditEvent event(ConsumerRecord<String, byte[]> record) {
        try {
            return AuditEventJson.parse(new String(record.value(), UTF_8));
        } catch (MalformedRecordException e) {
            throw new AssertionError(e);
        }
    }
}
