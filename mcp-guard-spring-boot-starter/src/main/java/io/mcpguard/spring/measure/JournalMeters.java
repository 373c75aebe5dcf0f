package io.mcpguard.spring.measure;

import io.mcpguard.core.audit.Journal;
import io.mcpguard.core.audit.SinkFeeder;
import io.mcpguard.core.audit.SinkStatus;
import io.mcpguard.core.checkpoint.Checkpoints;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** Measures the journal, its checkpoints and its sinks when somebody asks. */
final class JournalMeters implements MeterBinder {

    private final Journal journal;
    private final Optional<SinkFeeder> sinks;
    private final Optional<Checkpoints> checkpoints;
    private final InstantSource clock;

    JournalMeters(Journal journal, Optional<SinkFeeder> sinks, Optional<Checkpoints> checkpoints, InstantSource clock) {
        this.journal = journal;
        this.sinks = sinks;
        this.checkpoints = checkpoints;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder(
                        "mcp_guard.audit.journal.bytes",
                        journal,
                        it -> it.status().bytes())
                .description("Bytes of all segments of the journal")
                .baseUnit("bytes")
                .register(registry);
        journal.status()
                .quota()
                .ifPresent(most -> Gauge.builder("mcp_guard.audit.journal.quota", () -> most)
                        .description("Most bytes that the journal may take")
                        .baseUnit("bytes")
                        .register(registry));
        Gauge.builder(
                        "mcp_guard.audit.journal.writable",
                        journal,
                        it -> it.status().takesCalls() ? 1 : 0)
                .description("1 when calls can be recorded and so made, else 0")
                .register(registry);
        FunctionCounter.builder(
                        "mcp_guard.audit.refused", journal, it -> it.status().refused())
                .description(
                        "Records that could not be written; the calls they belong to are refused, unless the service lets"
                                + " them pass")
                .register(registry);
        checkpoints.ifPresent(it -> FunctionCounter.builder(
                        "mcp_guard.audit.checkpoints", it, one -> one.status().made())
                .description("Signed checkpoints of the journal")
                .register(registry));
        checkpoints.ifPresent(it -> FunctionCounter.builder(
                        "mcp_guard.audit.checkpoints.failures",
                        it,
                        one -> one.status().failures())
                .description("Checkpoints that could not be made")
                .register(registry));
        sinks.ifPresent(feeder -> feeder.status().forEach(sink -> bind(feeder, sink.name(), registry)));
    }

    private void bind(SinkFeeder feeder, String sink, MeterRegistry registry) {
        FunctionCounter.builder("mcp_guard.audit.ship.events", feeder, of(sink, SinkStatus::delivered))
                .description("Events that a sink has taken")
                .tag("sink", sink)
                .register(registry);
        FunctionCounter.builder("mcp_guard.audit.ship.failures", feeder, of(sink, SinkStatus::failedBatches))
                .description("Batches that a sink has not taken, each try counted")
                .tag("sink", sink)
                .register(registry);
        Gauge.builder("mcp_guard.audit.ship.behind", feeder, of(sink, SinkStatus::behind))
                .description("Records that a sink has not taken yet")
                .tag("sink", sink)
                .register(registry);
        TimeGauge.builder("mcp_guard.audit.ship.lag", feeder, TimeUnit.MILLISECONDS, of(sink, this::lagMillis))
                .description("Age of the oldest event that a sink was offered and has not taken")
                .tag("sink", sink)
                .register(registry);
    }

    private double lagMillis(SinkStatus status) {
        Instant now = clock.instant();
        return status.behindSince()
                .map(since -> Math.max(0, Duration.between(since, now).toMillis()))
                .orElse(0L);
    }

    private static ToDoubleFunction<SinkFeeder> of(String sink, ToDoubleFunction<SinkStatus> value) {
        return feeder -> feeder.status().stream()
                .filter(status -> status.name().equals(sink))
                .mapToDouble(value)
                .sum();
    }
}
