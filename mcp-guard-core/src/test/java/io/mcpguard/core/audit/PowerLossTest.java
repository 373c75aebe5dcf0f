package io.mcpguard.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.Stage;
import io.mcpguard.core.audit.AuditLevels.Calls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Cuts the power under a journal, many times, and reads what is left. */
class PowerLossTest {

    private static final AuditLevels MIXED = new AuditLevels(
            new Calls(AuditLevel.POWER, AuditLevel.PROCESS), new Calls(AuditLevel.PROCESS, AuditLevel.PROCESS));

    @TempDir
    Path temp;

    private final Events events = new Events();

    @ParameterizedTest
    @MethodSource("seeds")
    void what_was_confirmed_by_the_disk_is_there_and_its_calls_have_an_end(long seed) throws Exception {
        Random random = new Random(seed);
        Path folder = temp.resolve("before");
        Queue<UUID> confirmed = new ConcurrentLinkedQueue<>();
        PowerLossDisk disk = new PowerLossDisk();
        int segment = 2_000 + random.nextInt(20_000);
        try (Journal journal =
                events.journal(folder).segmentBytes(segment).levels(MIXED).open(disk)) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                int calls = random.nextInt(30);
                int refusals = random.nextInt(30);
                Thread thread = new Thread(() -> {
                    for (int call = 0; call < calls; call++) {
                        AuditEvent intent = events.intent();
                        journal.append(intent);
                        confirmed.add(intent.id());
                        journal.append(events.outcome(intent));
                    }
                    for (int refusal = 0; refusal < refusals; refusal++) {
                        journal.append(events.denied());
                    }
                });
                thread.start();
                threads.add(thread);
            }
            for (Thread thread : threads) {
                thread.join();
            }
            disk.lose(folder, temp.resolve("after"), random);
        }

        Path after = temp.resolve("after");
        List<String> unreadable = new ArrayList<>();
        assertThat(ids(after, unreadable)).as("before the next start").containsAll(confirmed);

        events.journal(after).open().close();

        assertThat(ids(after, unreadable)).as("after the next start").containsAll(confirmed);
        assertThat(openCalls(after, unreadable)).isEmpty();
        long last = lastConfirmed(after, confirmed);
        assertThat(new JournalVerifier(after).verify().damages())
                .as("what is missing was written after record %d, the last that the disk confirmed", last)
                // Number 0: bytes of no record.
                .allMatch(damage -> damage.firstSequence() == 0 || damage.firstSequence() > last);
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, Integer.getInteger("journal.power-losses", 20));
    }

    private static Set<UUID> ids(Path folder, List<String> unreadable) throws IOException {
        try (Stream<AuditEvent> all = new JournalReader(folder, unreadable::add).events()) {
            return all.map(AuditEvent::id).collect(Collectors.toSet());
        }
    }

    private static long lastConfirmed(Path folder, Collection<UUID> confirmed) throws IOException {
        try (Stream<AuditEvent> all = new JournalReader(folder, unreadable -> {}).events()) {
            return all.filter(event -> confirmed.contains(event.id()))
                    .mapToLong(event -> event.link().orElseThrow().sequence())
                    .max()
                    .orElse(0);
        }
    }

    private static Set<UUID> openCalls(Path folder, List<String> unreadable) throws IOException {
        Set<UUID> open = new HashSet<>();
        try (Stream<AuditEvent> all = new JournalReader(folder, unreadable::add).events()) {
            all.forEach(event -> {
                if (event.stage() == Stage.INTENT) {
                    open.add(event.callId());
                } else if (OpenCalls.ends(event.stage())) {
                    open.remove(event.callId());
                }
            });
        }
        return open;
    }
}
