package io.mcpguard.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditQuery;
import io.mcpguard.audit.Stage;
import io.mcpguard.core.audit.SegmentIndex.Block;
import io.mcpguard.core.audit.SegmentIndex.Part;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalIndexTest {

    private static final AuditQuery ALL = AuditQuery.everything();
    private static final long SEGMENT = 1 << 20;
    private static final int CALLS = 2_000;

    @TempDir
    Path temp;

    private final Events events = new Events();
    private final List<String> damage = new ArrayList<>();
    private final Instant start = events.clock.instant();
    private Path folder = Path.of("");

    @BeforeEach
    void write() {
        folder = temp.resolve("audit");
        try (Journal journal = open()) {
            append(journal, CALLS);
        }
    }

    private Journal open() {
        return events.journal(folder)
                .segmentBytes(SEGMENT)
                .levels(AuditLevels.all(AuditLevel.PROCESS))
                .open();
    }

    /** One call a second. */
    private void append(Journal journal, int calls) {
        for (int i = 0; i < calls; i++) {
            AuditEvent intent = events.intent();
            journal.append(intent);
            journal.append(events.outcome(intent));
            events.clock.move(Duration.ofSeconds(1));
        }
    }

    private AuditQuery between(int fromSecond, int toSecond) {
        return ALL.from(start.plusSeconds(fromSecond)).to(start.plusSeconds(toSecond));
    }

    private List<AuditEvent> read(AuditQuery query) {
        try (Stream<AuditEvent> answers = new JournalReader(folder, damage::add).read(query)) {
            return answers.toList();
        }
    }

    /** What the index must not change: the answer of whoever reads everything. */
    private void answersAsAFullRead() throws IOException {
        List<AuditEvent> all = Events.in(folder);
        for (AuditQuery query : List.of(
                between(300, 400),
                between(-50, 1),
                between(0, 3 * CALLS),
                between(-9_000, -1),
                between(9_000, 9_001),
                ALL.from(start.plusSeconds(CALLS - 5)),
                ALL.to(start.plusSeconds(5)),
                ALL.call(all.get(CALLS).callId()),
                between(300, 400).call(all.get(5).callId()))) {
            same(read(query), all.stream().filter(query).toList());
        }
        assertThat(damage).isEmpty();
    }

    /** Without showing thousands of events when it fails. */
    private static void same(List<AuditEvent> found, List<AuditEvent> wanted) {
        assertThat(found).hasSameSizeAs(wanted);
        assertThat(found.equals(wanted)).isTrue();
    }

    private List<Path> indexes() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("index"))) {
            return files.sorted().toList();
        }
    }

    private List<SegmentId> segments() throws IOException {
        return new JournalFolder(folder).segments();
    }

    @Test
    void a_question_for_a_time_is_answered_as_by_reading_everything() throws IOException {
        answersAsAFullRead();
        answersAsAFullRead();

        assertThat(segments()).hasSizeGreaterThan(2);
        assertThat(indexes()).hasSize(segments().size() - 1);
        assertThat(read(between(300, 400))).hasSize(200);
    }

    @Test
    void only_the_blocks_of_that_time_are_read() throws IOException {
        SegmentId first = segments().get(0);
        try (FileChannel channel = FileChannel.open(new JournalFolder(folder).segment(first))) {
            SegmentIndex index = SegmentIndex.build(channel).orElseThrow();

            List<Part> parts =
                    index.parts(channel, RecordFilter.of(between(300, 310))).orElseThrow();

            assertThat(index.blocks()).hasSizeGreaterThan(2);
            assertThat(parts)
                    .singleElement()
                    .satisfies(part -> assertThat(part.to() - part.from()).isLessThan(2L * SegmentIndex.BLOCK_BYTES));
            assertThat(index.parts(channel, RecordFilter.of(between(-10, -1)))).hasValue(List.of());
        }
    }

    @Test
    void a_clock_that_jumps_back_hides_nothing() throws IOException {
        try (Journal journal = open()) {
            events.clock.move(Duration.ofHours(-1));
            append(journal, 300);
            events.clock.move(Duration.ofHours(5));
            append(journal, 1_000);
            events.clock.move(Duration.ofSeconds(-4_000));
            append(journal, 1_000);
        }

        answersAsAFullRead();

        AuditQuery before = between(CALLS - 3_600, CALLS - 3_400);
        assertThat(read(before).size()).isGreaterThan(300);
        same(read(before), Events.in(folder).stream().filter(before).toList());
    }

    @Test
    void a_question_without_a_time_needs_no_index() throws IOException {
        assertThat(read(ALL.client("claude"))).hasSize(2 * CALLS);

        assertThat(folder.resolve("index")).doesNotExist();
    }

    @Test
    void reading_changes_nothing_but_the_index() throws IOException {
        Map<String, byte[]> before = contents();

        answersAsAFullRead();

        Map<String, byte[]> after = contents();
        assertThat(after.keySet()).isEqualTo(before.keySet());
        after.forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(before.get(name)));
        assertThat(new JournalVerifier(folder).verify().isWhole()).isTrue();
    }

    private Map<String, byte[]> contents() throws IOException {
        Map<String, byte[]> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return contents;
    }

    @Test
    void a_damaged_index_is_made_again() throws IOException {
        read(between(300, 400));
        Path index = indexes().get(0);
        byte[] whole = Files.readAllBytes(index);
        List<byte[]> damaged = new ArrayList<>(List.of(new byte[0], new byte[500]));
        for (int i = 0; i < whole.length; i += 7) {
            byte[] flipped = whole.clone();
            flipped[i] ^= 4;
            damaged.add(flipped);
        }
        for (byte[] bytes : damaged) {
            Files.write(index, bytes);

            assertThat(read(between(100, 103))).hasSize(6);
            assertThat(Files.readAllBytes(index)).isEqualTo(whole);
        }
        Files.write(index, Arrays.copyOf(whole, whole.length - 48));
        answersAsAFullRead();
    }

    @Test
    void a_forged_index_hides_nothing_that_stands_in_the_order_of_time() throws IOException {
        RecordBounds elsewhere = new RecordBounds(0, 1, 0, 1);

        forge(index -> with(
                index,
                index.blocks().stream()
                        .map(block -> new Block(block.offset(), block.firstSequence(), elsewhere))
                        .toList()));
        answersAsAFullRead();
    }

    @Test
    void a_forged_index_without_some_of_the_blocks_hides_nothing() throws IOException {
        forge(index -> with(index, List.of(index.blocks().get(0), index.blocks().get(2))));
        answersAsAFullRead();
        forge(index -> with(index, index.blocks().subList(0, 1)));
        answersAsAFullRead();
        Files.delete(indexes().get(0));
        forge(index -> with(index, index.blocks().subList(1, 3)));
        answersAsAFullRead();
    }

    @Test
    void a_forged_index_with_an_earlier_end_is_made_again() throws IOException {
        read(between(0, 1));
        Path file = indexes().get(0);
        byte[] whole = Files.readAllBytes(file);

        forge(index -> {
            Block second = index.blocks().get(1);
            return new SegmentIndex(
                    index.header(),
                    index.size(),
                    index.blocks().subList(0, 1),
                    index.last(),
                    second.firstSequence(),
                    index.end());
        });
        answersAsAFullRead();

        assertThat(Files.readAllBytes(file)).isEqualTo(whole);
    }

    private void forge(UnaryOperator<SegmentIndex> forgery) throws IOException {
        read(between(0, 1));
        Path file = indexes().get(0);
        SegmentIndex index = SegmentIndexFile.read(Files.readAllBytes(file)).orElseThrow();
        Files.write(file, SegmentIndexFile.bytes(forgery.apply(index)));
    }

    private static SegmentIndex with(SegmentIndex index, List<Block> blocks) {
        return new SegmentIndex(index.header(), index.size(), blocks, index.last(), index.lastSequence(), index.end());
    }

    @Test
    void the_index_of_another_segment_does_not_fit() throws IOException {
        read(between(0, 1));
        Files.copy(indexes().get(1), indexes().get(0), StandardCopyOption.REPLACE_EXISTING);

        answersAsAFullRead();
    }

    @Test
    void the_segment_that_is_being_written_has_no_index_and_grows() throws IOException {
        try (Journal journal = open()) {
            JournalReader reader = new JournalReader(folder, damage::add);
            for (int round = 0; round < 5; round++) {
                append(journal, 300);

                try (Stream<AuditEvent> answers = reader.read(ALL.from(start))) {
                    assertThat(answers.filter(event -> event.stage() != Stage.NOTICE))
                            .hasSize(2 * (CALLS + 300 * (round + 1)));
                }
                assertThat(indexes()).hasSize(segments().size() - 1);
            }
        }
        assertThat(damage).isEmpty();
    }

    @Test
    void events_that_are_written_meanwhile_come_once_and_in_order() throws Exception {
        int rounds = 10;
        Semaphore turns = new Semaphore(0);
        List<String> unreadable = new ArrayList<>();
        try (Journal journal = open()) {
            Thread writer = new Thread(() -> {
                for (int round = 0; round < rounds; round++) {
                    turns.acquireUninterruptibly();
                    append(journal, 100);
                }
            });
            writer.start();
            JournalReader reader = new JournalReader(folder, unreadable::add);
            int seen = 2 * CALLS;
            for (int round = 0; round < rounds; round++) {
                turns.release();
                try (Stream<AuditEvent> answers =
                        reader.read(ALL.client("claude").from(start))) {
                    List<AuditEvent> all = answers.toList();
                    assertThat(new HashSet<>(all.stream().map(AuditEvent::id).toList()))
                            .hasSize(all.size());
                    assertThat(all.stream().map(AuditEvent::time).toList()).isSorted();
                    assertThat(all.size()).isGreaterThanOrEqualTo(seen);
                    seen = all.size();
                }
            }
            writer.join();
        }
        assertThat(unreadable).isEmpty();
    }

    @Test
    void segments_that_were_removed_are_passed_over_and_so_is_their_index() throws IOException {
        read(between(0, 1));
        int before = indexes().size();
        Files.delete(new JournalFolder(folder).segment(segments().get(0)));

        answersAsAFullRead();

        assertThat(indexes()).hasSize(before - 1);
    }

    @Test
    void a_segment_that_is_removed_while_it_is_read_ends_nothing() throws IOException {
        JournalReader reader = new JournalReader(folder, damage::add);
        try (Stream<AuditEvent> answers = reader.read(ALL.from(start))) {
            var iterator = answers.iterator();
            iterator.next();
            Files.delete(new JournalFolder(folder).segment(segments().get(1)));
            int rest = 0;
            while (iterator.hasNext()) {
                iterator.next();
                rest++;
            }

            assertThat(rest).isBetween(CALLS / 2, 2 * CALLS);
        }
        assertThat(damage).isEmpty();
    }

    @Test
    void a_damaged_segment_has_no_index_and_is_read_around_the_damage() throws IOException {
        int before = read(between(0, CALLS)).size();
        flip(segments().get(1), 300_000);
        Files.deleteIfExists(indexes().get(1));

        assertThat(read(between(0, CALLS))).hasSize(before - 1);
        assertThat(damage).singleElement().asString().contains("bytes are not a record");
        assertThat(indexes()).hasSize(segments().size() - 2);
    }

    @Test
    void damage_that_came_after_the_index_is_told_when_it_is_read() throws IOException {
        int before = read(between(0, CALLS)).size();
        flip(segments().get(1), 300_000);

        assertThat(read(between(0, CALLS))).hasSize(before - 1);
        assertThat(damage).singleElement().asString().contains("bytes are not a record");
    }

    private void flip(SegmentId segment, int offset) throws IOException {
        Path file = new JournalFolder(folder).segment(segment);
        byte[] bytes = Files.readAllBytes(file);
        bytes[offset] ^= 1;
        Files.write(file, bytes);
    }

    @Test
    void a_segment_cut_off_by_somebody_does_not_fit_its_index() throws IOException {
        read(between(0, 1));
        Path file = new JournalFolder(folder).segment(segments().get(1));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(400_000);
        }

        assertThat(read(between(0, CALLS))).hasSizeLessThan(2 * CALLS);
        same(
                read(between(0, CALLS)),
                readAll().stream().filter(between(0, CALLS)).toList());
        assertThat(damage).isNotEmpty();
    }

    private List<AuditEvent> readAll() throws IOException {
        try (Stream<AuditEvent> all = new JournalReader(folder, ignored -> {}).events()) {
            return all.toList();
        }
    }

    @Test
    void who_cannot_write_the_index_is_answered_too() throws IOException {
        Files.writeString(folder.resolve("index"), "not a folder");

        answersAsAFullRead();

        assertThat(folder.resolve("index")).hasContent("not a folder");
    }

    @Test
    void a_link_in_place_of_the_index_is_not_followed() throws IOException {
        Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("mine.idx"), "mine");
        Files.createSymbolicLink(folder.resolve("index"), elsewhere);

        answersAsAFullRead();

        try (Stream<Path> files = Files.list(elsewhere)) {
            assertThat(files).containsExactly(elsewhere.resolve("mine.idx"));
        }
    }
}
