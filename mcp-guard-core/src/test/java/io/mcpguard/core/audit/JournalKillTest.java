package io.mcpguard.core.audit;

import static io.mcpguard.core.audit.Events.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Kills processes without warning while they append, and reads what they left. The profile {@code kills} does it longer. */
class JournalKillTest {

    private static final int ROUNDS = Integer.getInteger("journal.kills", 5);
    private static final int MOST_RECORDS = 1_500;

    private final Random random = new Random(11);

    @TempDir
    Path temp;

    @ParameterizedTest
    @EnumSource(
            value = AuditLevel.class,
            names = {"PROCESS", "POWER"})
    void a_killed_process_loses_nothing_acknowledged_and_its_open_calls_are_named(AuditLevel level) throws Exception {
        Path folder = temp.resolve("audit");
        Set<UUID> acknowledged = new HashSet<>();
        for (int round = 1; round <= ROUNDS; round++) {
            acknowledged.addAll(killedAfter(1 + random.nextInt(MOST_RECORDS), folder, level));

            JournalReport killed = new JournalVerifier(folder).verify();
            assertThat(killed.damages()).as("after kill %d", round).isEmpty();
            assertThat(killed.chains()).isEqualTo(round);
            assertThat(missing(acknowledged, folder)).as("after kill %d", round).isEmpty();
        }

        JournalReport before = new JournalVerifier(folder).verify();
        new Events().journal(folder).open().close();

        JournalReport after = new JournalVerifier(folder).verify();
        assertThat(after.damages()).isEmpty();
        assertThat(after.openCalls()).isEmpty();
        assertThat(Set.copyOf(after.orphans()).containsAll(before.openCalls())).isTrue();
        assertThat(Set.copyOf(after.orphans()).containsAll(before.orphans())).isTrue();
        assertThat(callsWithoutEnd(folder)).isEmpty();
        System.out.printf(
                "%s: %d kills, %d acknowledged records, all there; %d orphans named%n",
                level, ROUNDS, acknowledged.size(), after.orphans().size());
    }

    @Test
    void a_killed_process_loses_what_it_had_only_in_memory() throws Exception {
        int lost = 0;
        int acknowledged = 0;
        for (int round = 1; round <= ROUNDS; round++) {
            Path folder = temp.resolve("audit-" + round);
            List<UUID> all = killedAfter(MOST_RECORDS, folder, AuditLevel.MEMORY);
            acknowledged += all.size();
            Set<UUID> found = recorded(folder);
            all.removeIf(found::contains);
            lost += all.size();
            assertThat(new JournalVerifier(folder).verify().damages()).isEmpty();
        }
        System.out.printf("MEMORY: %d kills, %d of %d acknowledged records lost%n", ROUNDS, lost, acknowledged);
        assertThat(lost)
                .as("if nothing is ever lost, this level is not what it says")
                .isPositive();
    }

    private List<UUID> killedAfter(int records, Path folder, AuditLevel level)
            throws IOException, InterruptedException {
        Path file = temp.resolve("acknowledged-" + random.nextLong());
        Acknowledgments acknowledged = Acknowledgments.write(file);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AppendingProcess.class.getName(),
                        folder.toString(),
                        file.toString(),
                        level.name())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            soon().until(() -> acknowledged.has(records) || !process.isAlive());
            assertThat(process.isAlive()).isTrue();
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        return new ArrayList<>(acknowledged.all());
    }

    /** By hash: an assertion on two sets compares every element of one with every element of the other. */
    private static Set<UUID> missing(Set<UUID> acknowledged, Path folder) throws IOException {
        Set<UUID> missing = new HashSet<>(acknowledged);
        missing.removeAll(recorded(folder));
        return missing;
    }

    private static Set<UUID> recorded(Path folder) throws IOException {
        return Events.in(folder).stream().map(AuditEvent::id).collect(Collectors.toSet());
    }

    private static Set<Object> callsWithoutEnd(Path folder) throws IOException {
        Set<Object> open = new HashSet<>();
        for (AuditEvent event : Events.in(folder)) {
            if (event.stage() == Stage.INTENT) {
                open.add(event.callId());
            } else {
                open.remove(event.callId());
            }
        }
        return open;
    }
}
