package io.mcpguard.core.sink.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.mcpguard.error.AuditWriteException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Requests that a collector has taken and that no indexer has acknowledged yet. For one thread. */
final class SplunkAcks {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

    private final URI address;
    private final Duration within;
    private final List<Waiting> waiting = new ArrayList<>();

    /** Tickets are counted for each channel. */
    private UUID channel = UUID.randomUUID();

    private record Waiting(long ticket, List<UUID> ids, long sentNanos) {}

    SplunkAcks(URI address, Duration within) {
        this.address = HttpTemplate.below(address, "/services/collector/ack");
        this.within = within;
    }

    Map<String, String> onChannel(Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("X-Splunk-Request-Channel", channel.toString());
        return all;
    }

    boolean isWaitingFor(UUID id) {
        return waiting.stream().anyMatch(request -> request.ids().contains(id));
    }

    void add(long ticket, List<UUID> ids) {
        // One that counts from the beginning again, as after a restart, would acknowledge the new for the old.
        waiting.removeIf(request -> request.ticket() >= ticket);
        waiting.add(new Waiting(ticket, List.copyOf(ids), System.nanoTime()));
    }

    /** Asks until everything is acknowledged, and remembers what is. */
    void await(ServiceCalls calls, Map<String, String> headers, RecentIds kept, Deadline deadline)
            throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        while (!waiting.isEmpty()) {
            ask(calls, headers, kept, deadline);
            if (waiting.isEmpty()) {
                return;
            }
            if (System.nanoTime() - waiting.get(0).sentNanos() > within.toNanos()) {
                throw giveUp(calls);
            }
            if (deadline.isOver()) {
                throw AuditWriteException.retryAfter(
                        calls + " has taken events and not acknowledged them yet; it is asked again", LONGEST_PAUSE);
            }
            TimeUnit.NANOSECONDS.sleep(Math.min(pause.toNanos(), deadline.leftNanos()));
            pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private void ask(ServiceCalls calls, Map<String, String> headers, RecentIds kept, Deadline deadline)
            throws InterruptedException {
        String tickets =
                waiting.stream().map(request -> Long.toString(request.ticket())).collect(Collectors.joining(","));
        byte[] question = ("{\"acks\":[" + tickets + "]}").getBytes(US_ASCII);
        JsonNode acks = calls.post(address, question, onChannel(headers), deadline)
                .object()
                .map(root -> root.path("acks"))
                .orElse(MissingNode.getInstance());
        waiting.removeIf(request -> {
            boolean acknowledged = acks.path(Long.toString(request.ticket())).booleanValue(false);
            if (acknowledged) {
                request.ids().forEach(kept::add);
            }
            return acknowledged;
        });
    }

    /** On a channel of its own, what is sent again is not mistaken for what was lost. */
    private AuditWriteException giveUp(ServiceCalls calls) {
        int lost = waiting.stream().mapToInt(request -> request.ids().size()).sum();
        waiting.clear();
        channel = UUID.randomUUID();
        return new AuditWriteException(
                calls + " has taken " + lost + " events and not acknowledged them in " + within
                        + "; they are sent again. Look at its indexers",
                null);
    }
}
