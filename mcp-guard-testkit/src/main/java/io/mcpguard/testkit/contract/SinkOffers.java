package io.mcpguard.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.mcpguard.audit.AuditCaller;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditResult;
import io.mcpguard.audit.AuditSink;
import io.mcpguard.audit.AuditSource;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.AuditVerdict;
import io.mcpguard.audit.ChainLink;
import io.mcpguard.audit.Channel;
import io.mcpguard.audit.Stage;
import io.mcpguard.error.AuditWriteException;
import io.mcpguard.testkit.contract.AuditSinkChaosContract.Duplicates;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Offers events to a sink as the guard does, remembers how often, and compares with what has arrived. */
final class SinkOffers implements AutoCloseable {

    /** Tries that fail before what goes wrong is mended. */
    private static final int FAILURES = 2;

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration UNCONFIRMED = Duration.ofSeconds(10);
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
    private static final List<String> CHAINS = List.of("a", "b");

    private final Supplier<AuditSink> sinks;
    private final Duration patience;
    private final boolean careful;
    private final UUID run = UUID.randomUUID();
    private final Map<UUID, AuditEvent> events = new LinkedHashMap<>();
    private final Map<UUID, Integer> offers = new LinkedHashMap<>();
    private final List<List<UUID>> batches = new ArrayList<>();
    private final Set<UUID> beforeAnyFault = new HashSet<>();
    private boolean faultSeen;
    private AuditSink sink;

    /**
     * Makes the first sink.
     *
     * @param sinks makes sinks
     * @param patience how long a batch may take
     * @param losing whether events may be lost while something goes wrong
     */
    SinkOffers(Supplier<AuditSink> sinks, Duration patience, boolean losing) {
        this.sinks = sinks;
        this.patience = patience;
        this.careful = !losing;
        this.sink = sinks.get();
    }

    /** The next events, of a first chain and then of a second, as after a restart of the service. */
    List<AuditEvent> batch(int size) {
        List<AuditEvent> batch = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            AuditEvent event = event(events.size());
            events.put(event.id(), event);
            batch.add(event);
        }
        batches.add(batch.stream().map(AuditEvent::id).toList());
        return List.copyOf(batch);
    }

    /** The process ends and another one begins. */
    void restart() {
        sink.close();
        sink = sinks.get();
    }

    /** Offers a batch while nothing goes wrong. */
    void calmly(List<AuditEvent> batch) {
        offerUntilTaken(batch, null);
        if (!faultSeen) {
            batch.forEach(event -> beforeAnyFault.add(event.id()));
        }
    }

    /** Offers a batch while something goes wrong, and again until it is taken. */
    void during(SinkFault fault, List<AuditEvent> batch) {
        faultSeen = true;
        fault.begin().run();
        int failures;
        try {
            failures = offerUntilTaken(batch, fault);
        } finally {
            fault.end().run();
        }
        if (fault.noticed() && careful && failures == 0) {
            fail("AS-2 the sink took a batch although " + fault.name());
        }
    }

    private int offerUntilTaken(List<AuditEvent> batch, @Nullable SinkFault fault) {
        long start = System.nanoTime();
        Duration pause = Duration.ofMillis(10);
        for (int failures = 0; ; failures++) {
            Optional<Throwable> why = offer(batch);
            if (why.isEmpty()) {
                return failures;
            }
            if (!(why.get() instanceof AuditWriteException)) {
                throw new AssertionError("AS-3 a sink that cannot keep a batch throws AuditWriteException", why.get());
            }
            if (fault != null && failures + 1 == FAILURES) {
                fault.end().run();
            }
            if (System.nanoTime() - start > LONGEST.toNanos()) {
                throw new AssertionError("AS-3 the sink does not take events although nothing is wrong", why.get());
            }
            LockSupport.parkNanos(pause.toNanos());
            pause = pause.multipliedBy(2);
        }
    }

    /** One try; empty when it was taken in time. */
    private Optional<Throwable> offer(List<AuditEvent> batch) {
        batch.forEach(event -> offers.merge(event.id(), 1, Integer::sum));
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        sink.write(batch);
                        done.complete(true);
                    } catch (Throwable e) {
                        done.completeExceptionally(e);
                    }
                },
                "sink-under-test");
        thread.setDaemon(true);
        thread.start();
        try {
            done.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return Optional.empty();
        } catch (TimeoutException e) {
            thread.interrupt();
            return Optional.of(afterInterrupt(done));
        } catch (ExecutionException e) {
            return Optional.of(cause(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(e);
        }
    }

    private static Throwable afterInterrupt(CompletableFuture<Boolean> done) {
        try {
            done.get(2, TimeUnit.SECONDS);
            return new AuditWriteException("it was taken too late, and counts as failed", null);
        } catch (ExecutionException e) {
            return cause(e);
        } catch (TimeoutException | InterruptedException e) {
            return new AssertionError("AS-4 the sink does not answer to an interrupt", e);
        }
    }

    private static Throwable cause(ExecutionException e) {
        Throwable cause = e.getCause();
        return cause == null ? e : cause;
    }

    /** Compares what was offered with what has arrived. */
    void check(Supplier<List<UUID>> receiver, Duplicates duplicates) {
        List<UUID> received = ours(receiver);
        for (long start = System.nanoTime();
                !careful
                        && !received.containsAll(beforeAnyFault)
                        && System.nanoTime() - start < UNCONFIRMED.toNanos(); ) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            received = ours(receiver);
        }
        List<UUID> once = received.stream().distinct().toList();
        if (careful) {
            for (String chain : CHAINS) {
                assertThat(ofChain(chain, once))
                        .as("AS-1, AS-3 chain " + chain)
                        .isEqualTo(ofChain(chain, new ArrayList<>(events.keySet())));
            }
        } else {
            // What was under way when a connection broke may arrive after the next batch.
            for (List<UUID> batch : batches) {
                assertThat(once.stream().filter(batch::contains).toList())
                        .as("AS-1 order in a batch")
                        .isEqualTo(batch.stream().filter(once::contains).toList());
            }
        }
        assertThat(received)
                .as("AS-2 what was taken before anything went wrong")
                .containsAll(beforeAnyFault);
        Map<UUID, Integer> times = new LinkedHashMap<>();
        received.forEach(id -> times.merge(id, 1, Integer::sum));
        times.forEach((id, count) -> assertThat(count)
                .as("AS-3 copies of event %s, handed over %s times", id, offers.get(id))
                .isLessThanOrEqualTo(duplicates == Duplicates.NEVER ? 1 : offers.getOrDefault(id, 0)));
    }

    private List<UUID> ours(Supplier<List<UUID>> receiver) {
        return receiver.get().stream().filter(events::containsKey).toList();
    }

    private List<UUID> ofChain(String chain, List<UUID> ids) {
        String stream = stream(chain);
        return ids.stream()
                .filter(id -> Optional.ofNullable(events.get(id))
                        .flatMap(AuditEvent::link)
                        .filter(link -> link.stream().equals(stream))
                        .isPresent())
                .toList();
    }

    private AuditEvent event(int number) {
        // Two batches and a half belong to the first chain.
        boolean first = number < 250;
        long sequence = first ? number + 1L : number - 249L;
        UUID id = new UUID((run.getMostSignificantBits() & ~0xF000L) | 0x7000L, 0x8000_0000_0000_0000L + number);
        return new AuditEvent(
                id,
                new UUID(id.getMostSignificantBits(), 0x9000_0000_0000_0000L + number),
                Stage.OUTCOME,
                START.plusMillis(number),
                Channel.MCP,
                "tools/call",
                new AuditTarget("getOrder", "GET /orders/{orderId}"),
                AuditCaller.anonymous(),
                new AuditVerdict(true, "allowed", "grant:orders", Optional.empty()),
                AuditResult.ofStatus(200, Duration.ofMillis(3)),
                AuditSource.of("192.0.2.7", 4711),
                Map.of("/path/orderId", "hmac-sha256:k1:Z\u00fcrich\n"),
                Optional.of(new ChainLink(stream(first ? "a" : "b"), sequence, hash(number), hash(number + 1))));
    }

    private String stream(String chain) {
        return String.format(Locale.ROOT, "%08x-%016x", chain.equals("a") ? 1 : 2, run.getLeastSignificantBits());
    }

    private static String hash(int number) {
        return String.format(Locale.ROOT, "%064x", number);
    }

    @Override
    public void close() {
        sink.close();
    }
}
