package io.mcpguard.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditQuery;
import io.mcpguard.audit.AuditReader;
import io.mcpguard.audit.ChainLink;
import io.mcpguard.error.StoreUnavailableException;
import io.mcpguard.testkit.Together;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The rules of {@link AuditReader}. Extend it and say how to keep events and how to make a reader of them.
 *
 * <p>What a query means is {@link AuditQuery#test(AuditEvent)}: random queries over random events have to give what that gives.
 * Whether a reader holds more than it was asked for (AR-3) is told by the memory that the reading thread allocates, and what it
 * keeps open (AR-4) by the files and sockets of the process, where the platform counts them.
 *
 * @since 0.1
 */
public abstract class AuditReaderContract {

    /** Another number gives other events and queries. */
    private static final long SEED = 20_261_123;

    private static final int QUERIES = 250;
    private static final int MANY = 4_000;

    /** For subclasses. */
    protected AuditReaderContract() {}

    /**
     * Keeps events where {@link #reader()} finds them, behind what was kept before. JUnit makes a new instance for each test,
     * which begins with nothing kept.
     *
     * @param events what to keep, in this order; the links are those of a few chains. A place that makes its own links puts
     *     them in their stead
     * @return the same events with every part as it was written, in the same order
     */
    protected abstract List<AuditEvent> keep(List<AuditEvent> events);

    /**
     * Makes the reader under test.
     *
     * @return a reader of what was kept
     */
    protected abstract AuditReader reader();

    /**
     * Makes a reader of a place that cannot be read: its database does not answer, its folder is not there.
     *
     * @return the reader
     */
    protected abstract AuditReader unreachable();

    @Test
    @DisplayName("AR-1 every event is read with every part as it was written")
    void events_are_read_as_written() {
        List<AuditEvent> kept = keep(new RandomEvents(SEED).events(200));

        assertThat(read(AuditQuery.everything())).containsExactlyInAnyOrderElementsOf(kept);
    }

    @Test
    @DisplayName("AR-1 a place without events gives none, and no failure")
    void nothing_kept_is_nothing_read() {
        assertThat(keep(List.of())).isEmpty();

        assertThat(read(AuditQuery.everything())).isEmpty();
    }

    @Test
    @DisplayName("AR-1 exactly the events that answer a query are read, whatever the query")
    void queries_mean_what_their_test_says() {
        RandomEvents random = new RandomEvents(SEED);
        List<AuditEvent> kept = keep(random.events(300));
        int answered = 0;

        for (int i = 0; i < QUERIES; i++) {
            RandomEvents.Question question = random.question(kept);
            List<AuditEvent> wanted = kept.stream().filter(question.query()).toList();
            assertThat(read(question.query()))
                    .as("seed %d, query %d: %s", SEED, i, question.words())
                    .containsExactlyInAnyOrderElementsOf(wanted);
            answered += wanted.isEmpty() ? 0 : 1;
        }

        assertThat(answered).as("queries that find something").isGreaterThan(QUERIES / 4);
    }

    @Test
    @DisplayName("AR-1 what cannot be read is an exception, never an empty answer")
    void unreadable_is_not_empty() {
        AuditReader reader = unreachable();

        assertThatThrownBy(() -> {
                    try (Stream<AuditEvent> events = reader.read(AuditQuery.everything())) {
                        events.toList();
                    }
                })
                .isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    @DisplayName("AR-2 events of one chain come in the order of writing, also when the clock went back")
    void chains_keep_their_order() {
        List<AuditEvent> kept = keep(new RandomEvents(SEED).events(300));

        List<AuditEvent> all = read(AuditQuery.everything());
        AuditQuery allowed = AuditQuery.everything().allowed(true);

        assertThat(byChain(all)).isEqualTo(byChain(kept));
        assertThat(byChain(read(allowed)))
                .isEqualTo(byChain(kept.stream().filter(allowed).toList()));
    }

    @Test
    @DisplayName("AR-3 the first event of many is read without reading the others")
    void reading_is_lazy() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Assumptions.assumeTrue(
                threads.isThreadAllocatedMemorySupported() && threads.isThreadAllocatedMemoryEnabled(),
                "this JVM does not count what a thread allocates");
        keepMany();
        assertThat(read(AuditQuery.everything())).hasSize(MANY);

        long before = threads.getCurrentThreadAllocatedBytes();
        try (Stream<AuditEvent> events = reader().read(AuditQuery.everything())) {
            assertThat(events.findFirst()).isPresent();
        }
        long first = threads.getCurrentThreadAllocatedBytes() - before;
        before = threads.getCurrentThreadAllocatedBytes();
        try (Stream<AuditEvent> events = reader().read(AuditQuery.everything())) {
            assertThat(events.mapToInt(event -> event.method().length() & 1).sum())
                    .isNotNegative();
        }
        long all = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(first)
                .as("bytes allocated for the first of %d events, where all of them take %d", MANY, all)
                .isLessThan(all / 2);
    }

    private void keepMany() {
        List<AuditEvent> events = new RandomEvents(SEED).events(MANY);
        for (int from = 0; from < MANY; from += 500) {
            keep(events.subList(from, from + 500));
        }
    }

    @Test
    @DisplayName("AR-4 a stream that is closed early leaves no file and no connection open")
    void closing_lets_go() {
        keep(new RandomEvents(SEED).events(20));
        readOne(20);
        long before = openFiles();

        readOne(100);

        assertThat(openFiles()).as("open files and sockets").isLessThan(before + 50);
        assertThat(read(AuditQuery.everything())).hasSize(20);
    }

    private void readOne(int times) {
        for (int i = 0; i < times; i++) {
            try (Stream<AuditEvent> events = reader().read(AuditQuery.everything())) {
                assertThat(events.findFirst()).isPresent();
            }
        }
    }

    /** Always 0 where the platform does not count them; reading again after many streams still shows most leaks. */
    private static long openFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : 0;
    }

    @Test
    @DisplayName("AR-4 several threads read at once, each all of it")
    void threads_read_at_once() {
        List<AuditEvent> kept = keep(new RandomEvents(SEED).events(100));
        AuditReader reader = reader();

        List<List<AuditEvent>> results = Together.run(4, () -> {
            try (Stream<AuditEvent> events = reader.read(AuditQuery.everything())) {
                return events.toList();
            }
        });

        assertThat(results).allSatisfy(read -> assertThat(read).containsExactlyInAnyOrderElementsOf(kept));
    }

    @Test
    @DisplayName("AR-5 reading changes nothing, and what is kept later is read later")
    void reading_changes_nothing() {
        RandomEvents random = new RandomEvents(SEED);
        List<AuditEvent> kept = new ArrayList<>(keep(random.events(30)));
        List<AuditEvent> once = read(AuditQuery.everything());

        assertThat(read(AuditQuery.everything())).isEqualTo(once).hasSize(30);

        kept.addAll(keep(random.events(5)));

        assertThat(read(AuditQuery.everything())).containsExactlyInAnyOrderElementsOf(kept);
    }

    private List<AuditEvent> read(AuditQuery query) {
        try (Stream<AuditEvent> events = reader().read(query)) {
            return events.toList();
        }
    }

    private static Map<String, List<UUID>> byChain(List<AuditEvent> events) {
        Map<String, List<UUID>> chains = new LinkedHashMap<>();
        for (AuditEvent event : events) {
            String chain = event.link().map(ChainLink::stream).orElse("");
            chains.computeIfAbsent(chain, name -> new ArrayList<>()).add(event.id());
        }
        return chains;
    }
}
