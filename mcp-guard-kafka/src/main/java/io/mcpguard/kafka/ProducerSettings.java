package io.mcpguard.kafka;

import io.mcpguard.error.ConfigurationException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What a producer is made with: the service's own settings, and those that the promises of a sink rest on. */
final class ProducerSettings {

    /** Who takes an audit trail must be asked for all of it. */
    private static final Set<String> EVERYBODY = Set.of("all", "-1");

    /** Would drop, change or reorder records, or wait longer than a batch may take. */
    private static final Set<String> OURS = Set.of(
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
            ProducerConfig.PARTITIONER_CLASS_CONFIG,
            ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG,
            ProducerConfig.INTERCEPTOR_CLASSES_CONFIG,
            ProducerConfig.RETRIES_CONFIG,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            ProducerConfig.LINGER_MS_CONFIG,
            ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION);

    private static final Pattern NAME = Pattern.compile("configuration \"?([a-z.]{2,60})");

    /** A record of the largest format there is, and what Kafka puts around it. */
    private static final int LARGEST_REQUEST = 2 * 1024 * 1024;

    private ProducerSettings() {}

    /** Puts both together, or says everything that is wrong, in names of settings and nothing of their values. */
    static Map<String, Object> of(Map<String, ?> service, Duration patience) {
        List<String> problems = new TreeMap<String, Object>(service)
                .entrySet().stream()
                        .flatMap(each -> problem(each.getKey(), each.getValue()).stream())
                        .toList();
        if (!problems.isEmpty()) {
            throw new ConfigurationException("audit sink for Kafka", problems);
        }
        Map<String, Object> all = new HashMap<>(service);
        int third = (int) (patience.toMillis() / 3);
        all.put(ProducerConfig.ACKS_CONFIG, "all");
        all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // One after the other: a request that fails must not let a later one get ahead.
        all.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        all.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, third);
        all.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, third);
        all.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 2 * third);
        all.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        all.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        all.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        all.putIfAbsent(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_REQUEST);
        all.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
        all.putIfAbsent(ProducerConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, (long) third);
        all.putIfAbsent(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, (long) third);
        try {
            ProducerConfig checked = new ProducerConfig(all);
            checked.getList(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG);
        } catch (ConfigException e) {
            // Its message has the value, which may be a secret in the wrong place.
            Matcher name = NAME.matcher(String.valueOf(e.getMessage()));
            throw new ConfigurationException(
                    "audit sink for Kafka",
                    "Kafka refuses the producer's setting " + (name.find() ? name.group(1) : "of an unknown name"));
        }
        return all;
    }

    private static Optional<String> problem(String name, Object value) {
        if (OURS.contains(name)) {
            return Optional.of(name + " is set by the sink; leave it out");
        }
        if (name.equals(ProducerConfig.ACKS_CONFIG) && !EVERYBODY.contains(String.valueOf(value))) {
            return Optional.of("acks is always all; leave it out");
        }
        if (name.equals(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG) && !"true".equalsIgnoreCase(String.valueOf(value))) {
            return Optional.of("enable.idempotence is always true; leave it out");
        }
        return Optional.empty();
    }
}
