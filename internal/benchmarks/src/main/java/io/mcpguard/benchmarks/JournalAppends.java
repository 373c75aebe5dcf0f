package io.mcpguard.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.mcpguard.audit.AuditCaller;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditResult;
import io.mcpguard.audit.AuditSink;
import io.mcpguard.audit.AuditSource;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.AuditVerdict;
import io.mcpguard.audit.Channel;
import io.mcpguard.audit.Stage;
import io.mcpguard.core.audit.AuditLevel;
import io.mcpguard.core.audit.AuditLevels;
import io.mcpguard.core.audit.Journal;
import io.mcpguard.core.audit.SinkFeeder;
import io.mcpguard.core.audit.Uuid7;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Records a second at each level, beside the raw limit of the same disk, in turn in one process. Arguments: a folder on the disk to
 * measure, seconds for each measurement, rounds.
 */
public final class JournalAppends {

    private static final int[] THREADS = {1, 8, 64};
    private static final InstantSource CLOCK = InstantSource.system();

    private final Uuid7 ids = new Uuid7(CLOCK, new SecureRandom());
    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final Path folder;
    private final Duration time;

    private JournalAppends(Path folder, Duration time) {
        this.folder = folder;
        this.time = time;
    }

    /**
     * Measures and prints one line a measurement: name, threads, records a second, median and 99th percentile in
     * microseconds, CPU in microseconds a record.
     *
     * @param arguments folder, seconds, rounds, and the names of what is measured, with commas
     * @throws Exception when something cannot be measured
     */
    public static void main(String[] arguments) throws Exception {
        JournalAppends appends =
                new JournalAppends(Path.of(arguments[0]), Duration.ofSeconds(Long.parseLong(arguments[1])));
        int rounds = Integer.parseInt(arguments[2]);
        Set<String> chosen = Set.of(arguments[3].split(",", -1));
        // The first round is for the compiler.
        for (int round = 0; round <= rounds; round++) {
            for (int threads : THREADS) {
                for (AuditLevel level : AuditLevel.values()) {
                    if (chosen.contains(level.name())) {
                        appends.journal(level, threads, round > 0);
                    }
                }
                for (String raw : new String[] {"raw-write", "raw-force"}) {
                    if (chosen.contains(raw)) {
                        appends.raw(raw, raw.equals("raw-force"), threads, round > 0);
                    }
                }
            }
        }
    }

    /** Takes everything at once, so that what is measured is the way to a sink and not the sink. */
    private static final Map<String, AuditSink> NEAR = Map.of("near", batch -> {});

    private void journal(AuditLevel level, int threads, boolean print) throws Exception {
        Path place = Files.createTempDirectory(folder, "journal-");
        try (Journal journal = Journal.builder(place, CLOCK, ids)
                        .levels(AuditLevels.all(level))
                        .appendDeadline(Duration.ofMinutes(1))
                        .open();
                SinkFeeder feeder = SinkFeeder.start(journal, level == AuditLevel.REMOTE ? NEAR : Map.of())) {
            journal.checkSinks(feeder);
            measure(level.name(), threads, print, () -> journal.append(event()));
        }
        delete(place);
    }

    /** As many bytes as a record of the journal has. */
    private void raw(String name, boolean force, int threads, boolean print) throws Exception {
        Path place = Files.createTempDirectory(folder, "raw-");
        byte[] record = new byte[recordBytes(place.resolve("one"))];
        Arrays.fill(record, (byte) 'x');
        try (RawLog log = new RawLog(place.resolve("log"), force)) {
            measure(name, threads, print, () -> log.append(record));
        }
        delete(place);
    }

    private int recordBytes(Path place) throws IOException {
        try (Journal journal = Journal.builder(place, CLOCK, ids).open()) {
            journal.append(event());
        }
        try (Stream<Path> files = Files.list(place)) {
            Path segment = files.filter(file -> file.toString().endsWith(".wal"))
                    .findFirst()
                    .orElseThrow();
            // A first and a last record of the journal's own beside it, of about the same size.
            return (int) Files.size(segment) / 3;
        }
    }

    private void measure(String name, int threads, boolean print, Runnable append) throws InterruptedException {
        long[][] latencies = new long[threads][];
        CountDownLatch ended = new CountDownLatch(threads);
        AtomicInteger number = new AtomicInteger();
        AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
        long begin = System.nanoTime();
        long cpu = system.getProcessCpuTime();
        long end = begin + time.toNanos();
        for (int i = 0; i < threads; i++) {
            new Thread(() -> {
                        int own = number.getAndIncrement();
                        try {
                            latencies[own] = until(end, append);
                        } catch (RuntimeException e) {
                            failure.set(e);
                        } finally {
                            ended.countDown();
                        }
                    })
                    .start();
        }
        ended.await();
        RuntimeException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        double cpuMicros = (system.getProcessCpuTime() - cpu) / 1e3;
        long[] all =
                Arrays.stream(latencies).flatMapToLong(Arrays::stream).sorted().toArray();
        if (print) {
            System.out.printf(
                    "%s\t%d\t%.0f\t%.1f\t%.1f\t%.1f%n",
                    name,
                    threads,
                    all.length / seconds,
                    all[all.length / 2] / 1e3,
                    all[(int) (all.length * 0.99)] / 1e3,
                    cpuMicros / all.length);
        }
    }

    private static long[] until(long end, Runnable append) {
        long[] latencies = new long[1 << 12];
        int count = 0;
        for (long now = System.nanoTime(); now < end; ) {
            append.run();
            long after = System.nanoTime();
            if (count == latencies.length) {
                latencies = Arrays.copyOf(latencies, 2 * count);
            }
            latencies[count++] = after - now;
            now = after;
        }
        return Arrays.copyOf(latencies, count);
    }

    private AuditEvent event() {
        UUID id = ids.next();
        return new AuditEvent(
                id,
                id,
                Stage.INTENT,
                CLOCK.instant(),
                Channel.MCP,
                "tools/call",
                new AuditTarget("getOrder", "GET /api/orders/{orderId}"),
                new AuditCaller(
                        "claude-assistant",
                        "developer-readonly",
                        "3",
                        Optional.of("svc-claude"),
                        Optional.of("mcpg_live_k1")),
                new AuditVerdict(true, "allowed", "grant:orders", Optional.empty()),
                AuditResult.pending(),
                AuditSource.of("203.0.113.7", 51234),
                Map.of("/path/orderId", "hmac-sha256:audit-1:AAAAAAAAAAAAAAAAAAAAAA"),
                Optional.empty());
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(file);
            }
        }
    }
}
