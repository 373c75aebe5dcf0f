package io.mcpguard.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditFormat;
import io.mcpguard.audit.AuditSink;
import io.mcpguard.audit.ChainLink;
import io.mcpguard.error.AuditWriteException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * Sends events to a topic of Kafka, each as one record in a format of choice.
 *
 * <p>Returning means that all replicas in sync have every record of the batch. The key is the event's chain, so that a chain is in one
 * partition and in its order; the header {@value #ID_HEADER} has the event's id. An event that is handed over again is not sent
 * again when the broker has acknowledged it to this process, among the last four thousand. What is sent and not acknowledged is sent
 * again, and may then be in the topic twice with the same id, as may the last batch of a process that was killed.
 *
 * <p>For one thread at a time.
 *
 * @since 0.1
 */
public final class KafkaAuditSink implements AuditSink {

    /** The header with the id of the event, as text. */
    public static final String ID_HEADER = "mcp-guard-event-id";

    private static final Duration PATIENCE = Duration.ofMillis(4_200);
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    /** An event that no journal has had is in no chain. All of these have one key too, for their order. */
    private static final String NO_CHAIN = "none";

    private final Map<String, Object> settings;
    private final String topic;
    private final AuditFormat format;
    private final Duration patience;
    private final KnownIds acknowledged = new KnownIds();
    private @Nullable KafkaProducer<String, byte[]> producer;
    private boolean closed;

    /**
     * Makes a sink. Brokers are first asked for with the first batch, and may be down until then.
     *
     * @param producer settings of the producer as Kafka names them: {@code bootstrap.servers}, and whatever security needs. Those that
     *     the promises of a sink rest on, such as {@code acks}, are set here and may not be set otherwise
     * @param topic name of the topic
     * @param format how an event is written
     * @throws io.mcpguard.error.ConfigurationException when a setting makes no sense, or would weaken what the sink promises
     */
    public KafkaAuditSink(Map<String, ?> producer, String topic, AuditFormat format) {
        this(producer, topic, format, PATIENCE);
    }

    KafkaAuditSink(Map<String, ?> producer, String topic, AuditFormat format, Duration patience) {
        this.settings = ProducerSettings.of(producer, patience);
        this.topic = Objects.requireNonNull(topic, "topic");
        this.format = Objects.requireNonNull(format, "format");
        this.patience = patience;
    }

    @Override
    public void write(List<AuditEvent> events) {
        if (closed) {
            throw new IllegalStateException("the audit sink for the topic " + topic + " is closed");
        }
        Map<UUID, Future<RecordMetadata>> sent = new LinkedHashMap<>();
        boolean done = false;
        try {
            send(events, sent);
            done = true;
        } catch (ExecutionException e) {
            throw failed(Objects.requireNonNullElse(e.getCause(), e));
        } catch (KafkaException | IllegalStateException e) {
            // The latter when the producer was closed while it was handed a record.
            throw failed(e);
        } catch (TimeoutException e) {
            throw new AuditWriteException(
                    "the audit topic " + topic + " did not acknowledge all within " + patience, null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AuditWriteException("interrupted while waiting for the audit topic " + topic, null);
        } finally {
            if (!done) {
                letGo();
            }
            sent.forEach(this::remember);
        }
    }

    /** Sends what was not acknowledged before, and waits for all of it. */
    private void send(List<AuditEvent> events, Map<UUID, Future<RecordMetadata>> sent)
            throws ExecutionException, TimeoutException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        KafkaProducer<String, byte[]> open = producer == null ? new KafkaProducer<>(settings) : producer;
        producer = open;
        AtomicBoolean failing = new AtomicBoolean();
        for (AuditEvent event : events) {
            if (!acknowledged.contains(event.id()) && !sent.containsKey(event.id())) {
                sent.put(event.id(), open.send(record(event), (place, failure) -> {
                    if (failure != null && failing.compareAndSet(false, true)) {
                        // Nothing that comes later may get there before what has failed and will be sent again.
                        open.close(Duration.ZERO);
                    }
                }));
            }
            if (failing.get()) {
                break;
            }
            if (System.nanoTime() > end) {
                throw new TimeoutException();
            }
        }
        for (Future<RecordMetadata> each : sent.values()) {
            each.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        }
    }

    private ProducerRecord<String, byte[]> record(AuditEvent event) {
        String chain = event.link().map(ChainLink::stream).orElse(NO_CHAIN);
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(topic, chain, format.format(event).getBytes(UTF_8));
        record.headers().add(ID_HEADER, event.id().toString().getBytes(UTF_8));
        return record;
    }

    private void remember(UUID id, Future<RecordMetadata> sent) {
        try {
            sent.get(0, TimeUnit.NANOSECONDS);
            acknowledged.add(id);
        } catch (ExecutionException | TimeoutException e) {
            // Sent again with the next batch.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What the producer still had is given up: a later one must not be overtaken by it. */
    private void letGo() {
        KafkaProducer<String, byte[]> open = producer;
        producer = null;
        close(open, Duration.ZERO);
    }

    private static void close(@Nullable KafkaProducer<String, byte[]> open, Duration wait) {
        if (open != null) {
            try {
                open.close(wait);
            } catch (KafkaException e) {
                // Interrupted while its thread ends, which it does all the same.
                return;
            }
        }
    }

    private AuditWriteException failed(Throwable failure) {
        if (failure instanceof InterruptException) {
            Thread.currentThread().interrupt();
        }
        return new AuditWriteException(
                "the audit topic " + topic + " does not take events: " + KafkaFailure.words(failure), failure);
    }

    @Override
    public void close() {
        closed = true;
        KafkaProducer<String, byte[]> open = producer;
        producer = null;
        close(open, FAREWELL);
    }
}
