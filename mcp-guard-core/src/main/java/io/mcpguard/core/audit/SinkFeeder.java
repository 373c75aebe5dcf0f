package io.mcpguard.core.audit;

import io.mcpguard.audit.AuditSink;
import io.mcpguard.error.ConfigurationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/**
 * Hands the events of a journal on to sinks, each from a thread of its own, so that a sink that fails or hangs delays
 * neither a call nor another sink.
 *
 * <p>A sink gets every event the journal has acknowledged, in order, at least once: a cursor file remembers the last one it
 * has taken, and after a failure or a kill it gets what follows again, with the same ids. A new sink begins with the oldest
 * event there is. A batch that fails is offered again after up to a second, then two, and so on up to a minute, or after as
 * long as the receiver asked for; after some failures with fewer events.
 *
 * @since 0.1
 */
public final class SinkFeeder implements AutoCloseable {

    /** The most events a sink is given at once. */
    static final int MAX_BATCH = 512;

    private final List<SinkFeed> feeds = new ArrayList<>();
    private final ScheduledThreadPoolExecutor watchdog;

    /**
     * How long things take.
     *
     * @param write the longest a sink may take for a batch
     * @param firstPause wait after a first failure
     * @param longestPause longest wait after a failure
     * @param poll how often the journal is looked at
     */
    record Pace(Duration write, Duration firstPause, Duration longestPause, Duration poll) {}

    private SinkFeeder(ScheduledThreadPoolExecutor watchdog) {
        this.watchdog = watchdog;
    }

    /**
     * Starts to feed sinks.
     *
     * @param journal where the events come from
     * @param sinks each sink by a name of 1 to 64 letters, digits, '-' or '_' that stays the same over restarts
     * @return the running feeder; closing it closes the sinks
     * @throws ConfigurationException when a name cannot be used
     */
    public static SinkFeeder start(Journal journal, Map<String, AuditSink> sinks) {
        return start(
                journal,
                sinks,
                new Pace(Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofMillis(200)));
    }

    static SinkFeeder start(Journal journal, Map<String, AuditSink> sinks, Pace pace) {
        for (String name : sinks.keySet()) {
            if (!name.matches("[A-Za-z0-9_-]{1,64}")) {
                throw new ConfigurationException(
                        "audit sink", "'" + name + "' is no name; use 1 to 64 letters, digits, '-' or '_'");
            }
        }
        ScheduledThreadPoolExecutor watchdog = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "mcp-guard-sink-watchdog");
            thread.setDaemon(true);
            return thread;
        });
        watchdog.setRemoveOnCancelPolicy(true);
        SinkFeeder feeder = new SinkFeeder(watchdog);
        sinks.forEach((name, sink) ->
                feeder.feeds.add(new SinkFeed(name, sink, journal, pace, new SplittableRandom(), watchdog)));
        feeder.feeds.forEach(SinkFeed::start);
        return feeder;
    }

    /**
     * Tells how the sinks are doing.
     *
     * @return one entry a sink
     */
    public List<SinkStatus> status() {
        return feeds.stream().map(SinkFeed::status).toList();
    }

    /** Whether any of the sinks can say that it has a record. */
    boolean confirms() {
        return feeds.stream().anyMatch(SinkFeed::confirms);
    }

    /** How far each sink has got; empty for one that has taken nothing. */
    List<Optional<SegmentId>> passed() {
        return feeds.stream().map(feed -> Optional.ofNullable(feed.passed())).toList();
    }

    /** Hands on what can be handed on within two seconds, then lets go of the sinks. What is left comes after a restart. */
    @Override
    public void close() {
        feeds.forEach(SinkFeed::askToStop);
        feeds.forEach(SinkFeed::stop);
        watchdog.shutdownNow();
    }
}
