package io.mcpguard.core.audit;

import io.mcpguard.audit.AuditEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Prints how long appends take. Run by hand: arguments are a folder and numbers of threads. */
final class AppendTimes {

    private static final int SECONDS = 4;

    private AppendTimes() {}

    public static void main(String[] arguments) throws Exception {
        for (int i = 1; i < arguments.length; i++) {
            measure(Files.createTempDirectory(Path.of(arguments[0]), "append"), Integer.parseInt(arguments[i]));
        }
    }

    private static void measure(Path folder, int threads) throws Exception {
        Events events = new Events(new SecureRandom());
        List<long[]> times = new ArrayList<>();
        try (Journal journal =
                Journal.builder(folder, InstantSource.system(), events.ids).open()) {
            run(journal, events, threads, 1);
            times.addAll(run(journal, events, threads, SECONDS));
        }
        long[] all = times.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        System.out.printf(
                "%3d threads: %,9d records/s, p50 %.1f us, p99 %.1f us, p99.9 %.1f us%n",
                threads,
                all.length / SECONDS,
                all[all.length / 2] / 1e3,
                all[(int) (all.length * 0.99)] / 1e3,
                all[(int) (all.length * 0.999)] / 1e3);
    }

    private static List<long[]> run(Journal journal, Events events, int threads, int seconds) throws Exception {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        List<long[]> times = new ArrayList<>();
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(() -> {
                long[] mine = new long[1 << 20];
                int count = 0;
                while (System.nanoTime() < end && count < mine.length) {
                    AuditEvent event = events.denied();
                    long start = System.nanoTime();
                    journal.append(event);
                    mine[count++] = System.nanoTime() - start;
                }
                synchronized (times) {
                    times.add(Arrays.copyOf(mine, count));
                }
            });
            all.add(thread);
            thread.start();
        }
        for (Thread thread : all) {
            thread.join();
        }
        return times;
    }
}
