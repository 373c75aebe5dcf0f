package com.example.orders.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.Channel;
import io.mcpguard.audit.Stage;
import io.mcpguard.core.audit.JournalReport;
import io.mcpguard.core.audit.JournalVerifier;
import io.mcpguard.core.home.GuardHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * 64 threads loop on one profile over REST and MCP until the service is killed in the middle of it. Looks at what is left: the
 * journal, and what the controllers have noted themselves.
 *
 * <p>Loops for 3 seconds, or as long as the property {@code orders.loop} says, such as {@code PT10S}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoopTest {

    private static final int THREADS = 64;
    private static final int PERMITS = 20;
    private static final Duration PERIOD = Duration.ofMillis(500);
    private static final int AT_ONCE = 8;
    private static final Duration LOOP = Duration.parse(System.getProperty("orders.loop", "PT3S"));

    private Path journal;
    private Path recovered;
    private List<AuditEvent> events;
    private List<UUID> arrivals;

    /** A call as the journal shows it; what is unknown of a call that was killed is empty. */
    private record Recording(AuditEvent intent, List<AuditEvent> ends) {

        /** The service saw it then; its permit was taken later. */
        Instant arrival() {
            AuditEvent end = ends.get(0);
            return end.time().minus(end.result().latency().orElseThrow()).minusMillis(1);
        }

        /** Its permit had been taken by then. */
        Instant admitted() {
            return intent.time();
        }
    }

    @BeforeAll
    void loop_and_kill(@TempDir Path folder) throws Exception {
        GuardFolder guard = new GuardFolder(folder.resolve("mcp-guard"), LoopTest::tight);
        Path noted = folder.resolve("arrivals");
        try (ServiceProcess service =
                ServiceProcess.start(folder, "--mcp.guard.home=" + guard.home(), "--orders.test.arrivals=" + noted)) {
            int port = service.port();
            CountDownLatch ended = new CountDownLatch(1);
            Map<Channel, CountDownLatch> met =
                    Map.of(Channel.REST, new CountDownLatch(1), Channel.MCP, new CountDownLatch(1));
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                threads.add(looping(i, port, guard, met, ended));
            }
            threads.forEach(Thread::start);
            // A service that has just started is slow; the loop counts from when both doors are in full swing.
            for (CountDownLatch door : met.values()) {
                assertThat(door.await(2, TimeUnit.MINUTES)).isTrue();
            }
            assertThat(ended.await(LOOP.toMillis(), TimeUnit.MILLISECONDS))
                    .as("the service failed on its own:\n%s", service.output())
                    .isFalse();
            service.kill();
            ended.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
        }
        journal = guard.journal();
        events = new Trail(journal).all();
        arrivals = Files.readAllLines(noted).stream().map(UUID::fromString).toList();
        recovered = copyOf(journal, folder.resolve("recovered/audit"));
        copyOf(guard.home().resolve("keys"), folder.resolve("recovered/keys"));
        Files.copy(guard.home().resolve("profiles.yaml"), folder.resolve("recovered/profiles.yaml"));
        // What the next start of the service does first.
        GuardHome.open(
                        GuardHome.Settings.under(folder.resolve("recovered"), Set.of("DEVELOPER", "SUPPORT")),
                        InstantSource.system())
                .close();
    }

    private static String tight(String profiles) {
        return profiles.replace("permits: 60, per: 1m", "permits: " + PERMITS + ", per: " + PERIOD.toMillis() + "ms")
                .replace("concurrency: 4", "concurrency: " + AT_ONCE);
    }

    private static Thread looping(
            int number, int port, GuardFolder guard, Map<Channel, CountDownLatch> met, CountDownLatch ended) {
        Doors doors = new Doors(port);
        Caller caller =
                Caller.key("developer", "claude-assistant", GuardFolder.DEVELOPER, guard.keyOf(GuardFolder.DEVELOPER));
        Call call = Call.of("getOrder").path("orderId", 1 + number);
        Channel door = number % 2 == 0 ? Channel.MCP : Channel.REST;
        return new Thread(() -> {
            while (ended.getCount() > 0) {
                try {
                    Reply reply = door == Channel.MCP
                            ? doors.mcp(call, caller)
                            : doors.rest(call, caller, "GET", "/api/orders/{orderId}");
                    if (reply.body().path("limit").asString("").equals("per-minute")) {
                        met.get(door).countDown();
                    }
                } catch (UncheckedIOException e) {
                    // The service has been killed.
                    ended.countDown();
                }
            }
        });
    }

    @Test
    void both_doors_were_used_and_both_met_the_limit() {
        for (Channel door : List.of(Channel.REST, Channel.MCP)) {
            assertThat(events).anyMatch(event -> event.channel() == door && event.stage() == Stage.INTENT);
            assertThat(events)
                    .anyMatch(event -> event.channel() == door
                            && event.verdict().reason().equals("limit-reached")
                            && event.verdict().detail().equals("limit:per-minute"));
        }
    }

    @Test
    void no_window_holds_more_calls_than_the_limit() {
        List<Recording> calls = ended();

        int most = 0;
        for (Recording first : calls) {
            Instant end = first.arrival().plus(PERIOD);
            long within = calls.stream()
                    .filter(call -> !call.arrival().isBefore(first.arrival())
                            && call.admitted().isBefore(end))
                    .count();
            most = Math.max(most, (int) within);
        }

        assertThat(most).isBetween(PERMITS / 2, PERMITS);
    }

    @Test
    void all_in_all_there_are_no_more_calls_than_windows_times_limit() {
        List<AuditEvent> intents =
                events.stream().filter(event -> event.stage() == Stage.INTENT).toList();
        Duration span = Duration.between(
                intents.get(0).time().minusSeconds(1),
                intents.get(intents.size() - 1).time());

        assertThat((long) intents.size()).isLessThanOrEqualTo(PERMITS * (span.dividedBy(PERIOD) + 1));
    }

    @Test
    void no_more_calls_run_at_once_than_the_limit() {
        Map<Instant, Integer> changes = new TreeMap<>();
        for (Recording call : ended()) {
            changes.merge(call.admitted(), 1, Integer::sum);
            changes.merge(call.ends().get(0).time(), -1, Integer::sum);
        }
        int running = 0;
        int most = 0;
        for (int change : changes.values()) {
            running += change;
            most = Math.max(most, running);
        }

        assertThat(most).isBetween(2, AT_ONCE);
    }

    @Test
    void every_call_that_reached_a_controller_is_in_the_journal() {
        Set<UUID> intents = calls().keySet();

        assertThat(arrivals).hasSizeGreaterThan(PERMITS).doesNotHaveDuplicates();
        assertThat(intents).containsAll(arrivals);
    }

    @Test
    void the_journal_of_the_killed_service_is_whole() throws IOException {
        JournalReport report = new JournalVerifier(journal).verify();

        assertThat(report.damages()).isEmpty();
        assertThat(report.openCalls()).containsExactlyInAnyOrderElementsOf(open());
    }

    @Test
    void the_next_start_names_the_orphans() throws IOException {
        JournalReport report = new JournalVerifier(recovered).verify();

        assertThat(report.damages()).isEmpty();
        assertThat(report.openCalls()).isEmpty();
        assertThat(report.orphans()).containsExactlyInAnyOrderElementsOf(open());
    }

    @Test
    void tampering_is_found_where_it_happened(@TempDir Path folder) throws IOException {
        JournalBytes original = JournalBytes.read(recovered);
        int records = original.size();
        assertThat(records).isGreaterThan(PERMITS);
        int checked = 0;
        for (int at : List.of(0, 1, records / 3, records / 2, records - 2, records - 1)) {
            for (JournalBytes.Tampering tampering : JournalBytes.Tampering.values()) {
                Path copy = copyOf(recovered, folder.resolve("copy-" + checked++));
                int place = original.tamper(copy, tampering, at);

                JournalReport report = new JournalVerifier(copy).verify();

                assertThat(report.isWhole()).as("%s at %d", tampering, at).isFalse();
                assertThat(report.damages())
                        .as("%s at %d of %d", tampering, at, records)
                        .anyMatch(damage -> damage.firstSequence() <= original.sequence(place) + 1
                                && damage.lastSequence() >= original.sequence(place) - 1);
            }
        }
    }

    private List<UUID> open() {
        return calls().values().stream()
                .filter(call -> call.ends().isEmpty())
                .map(call -> call.intent().callId())
                .toList();
    }

    private List<Recording> ended() {
        return calls().values().stream().filter(call -> !call.ends().isEmpty()).toList();
    }

    private Map<UUID, Recording> calls() {
        Map<UUID, List<AuditEvent>> ends = events.stream()
                .filter(event -> event.stage() == Stage.OUTCOME)
                .collect(Collectors.groupingBy(AuditEvent::callId));
        Map<UUID, Recording> calls = new HashMap<>();
        events.stream()
                .filter(event -> event.stage() == Stage.INTENT)
                .forEach(intent -> calls.put(
                        intent.callId(), new Recording(intent, ends.getOrDefault(intent.callId(), List.of()))));
        return calls;
    }

    private static Path copyOf(Path folder, Path to) throws IOException {
        Files.createDirectories(to);
        try (var files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(
                        file,
                        to.resolve(file.getFileName()),
                        StandardCopyOption.REPLACE_EXISTING,
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        return to;
    }
}
