package io.mcpguard.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.Stage;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills processes without warning while they append, and reads what they left. */
class JournalKillTest {

    private static final int ROUNDS = 4;
    private static final int RECORDS = 1_500;

    @TempDir
    Path temp;

    @Test
    void a_killed_process_loses_nothing_acknowledged_and_its_open_calls_are_named() throws Exception {
        Path folder = temp.resolve("audit");
        List<String> acknowledged = new ArrayList<>();
        for (int round = 1; round <= ROUNDS; round++) {
            acknowledged.addAll(killedAfter(RECORDS * round / ROUNDS, folder));

            JournalReport killed = new JournalVerifier(folder).verify();
            assertThat(killed.damages()).as("after kill %d", round).isEmpty();
            assertThat(killed.chains()).isEqualTo(round);
            assertThat(stagesAndCalls(folder)).as("after kill %d", round).containsAll(acknowledged);
        }

        JournalReport before = new JournalVerifier(folder).verify();
        new Events().journal(folder).open().close();

        JournalReport after = new JournalVerifier(folder).verify();
        assertThat(after.damages()).isEmpty();
        assertThat(after.openCalls()).isEmpty();
        assertThat(after.orphans()).containsAll(before.openCalls()).containsAll(before.orphans());
        assertThat(callsWithoutEnd(folder)).isEmpty();
        System.out.printf(
                "%d kills, %d acknowledged records, all there; %d orphans named%n",
                ROUNDS, acknowledged.size(), after.orphans().size());
    }

    private static List<String> killedAfter(int records, Path folder) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AppendingProcess.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> acknowledged = new ArrayList<>();
        try (BufferedReader out = process.inputReader()) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                acknowledged.add(line);
                if (acknowledged.size() == records) {
                    // By its handle, since Process.destroyForcibly also throws away what it has printed.
                    process.toHandle().destroyForcibly();
                }
            }
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(records);
        // The last line may be torn by the kill; a torn name is no acknowledgment.
        acknowledged.removeIf(line -> !line.matches("(INTENT|OUTCOME) [0-9a-f-]{36}"));
        return acknowledged;
    }

    private static Set<String> stagesAndCalls(Path folder) throws IOException {
        return Events.in(folder).stream()
                .map(event -> event.stage() + " " + event.callId())
                .collect(Collectors.toSet());
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
