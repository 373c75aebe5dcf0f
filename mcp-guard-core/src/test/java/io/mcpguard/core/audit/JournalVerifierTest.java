package io.mcpguard.core.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.core.audit.JournalDamage.Kind;
import io.mcpguard.core.audit.SmallJournal.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalVerifierTest {

    private static final byte[] NOTHING = {};

    @TempDir
    Path temp;

    private SmallJournal original;
    private SmallJournal journal;

    @BeforeEach
    void write() throws IOException {
        original = SmallJournal.in(temp, 3, 2_000);
        journal = original;
        fresh();
    }

    private void fresh() throws IOException {
        journal = original.copy(temp.resolve("tampered"));
    }

    @Test
    void a_journal_nobody_touched_is_whole() throws IOException {
        JournalReport report = journal.verify();

        assertThat(report.damages()).isEmpty();
        assertThat(report.isWhole()).isTrue();
        assertThat(report.chains()).isEqualTo(2);
        assertThat(report.segments()).isEqualTo(journal.segments().size()).isGreaterThan(4);
        assertThat(report.records()).isEqualTo(original.places().size()).isGreaterThan(16);
        assertThat(report.calls()).isEqualTo(7);
        assertThat(report.openCalls()).hasSize(1);
        assertThat(report.orphans()).isEmpty();
    }

    @Test
    void a_flipped_bit_anywhere_is_found_at_its_record() throws IOException {
        SmallJournal small = SmallJournal.in(temp.resolve("small"), 0, 64L << 20);
        List<Place> places = small.places();
        for (Path file : small.segments()) {
            byte[] whole = Files.readAllBytes(file);
            for (int i = 0; i < whole.length; i++) {
                byte[] flipped = whole.clone();
                flipped[i] ^= (byte) (1 << (i % 8));
                Files.write(file, flipped);

                List<JournalDamage> damages = small.verify().damages();

                assertThat(damages).as("byte %d of %s", i, file.getFileName()).isNotEmpty();
                long sequence = sequenceAt(places, file, i);
                assertThat(damages)
                        .as("byte %d of %s", i, file.getFileName())
                        .anyMatch(damage -> damage.kind() == Kind.EDITED
                                && damage.file().equals(file.getFileName().toString())
                                && damage.firstSequence() <= sequence
                                && damage.lastSequence() >= sequence);
            }
            Files.write(file, whole);
        }
        assertThat(small.verify().isWhole()).isTrue();
    }

    @Test
    void a_flipped_bit_of_the_tip_of_a_stopped_journal_is_found() throws IOException {
        new Events().journal(journal.folder).open().close();

        everyFlippedTip(report -> assertThat(report.damages())
                .anyMatch(
                        damage -> damage.kind() == Kind.EDITED && damage.file().equals("tip")));
    }

    @Test
    void a_flipped_bit_of_the_tip_of_a_killed_journal_is_found_or_looks_like_the_kill() throws IOException {
        everyFlippedTip(report -> {
            if (report.isWhole()) {
                assertThat(report.remarks()).anyMatch(remark -> remark.contains("half written, as a kill leaves it"));
            }
        });
    }

    private void everyFlippedTip(Consumer<JournalReport> found) throws IOException {
        Path tip = journal.folder.resolve("tip");
        byte[] whole = Files.readAllBytes(tip);
        for (int i = 0; i < whole.length; i++) {
            byte[] flipped = whole.clone();
            flipped[i] ^= 4;
            Files.write(tip, flipped);

            assertThat(journal.verify()).as("byte %d", i).satisfies(found);
        }
    }

    @Test
    void a_tip_torn_by_a_kill_is_no_damage_and_the_next_start_mends_it() throws IOException {
        Path tip = journal.folder.resolve("tip");
        byte[] bytes = Files.readAllBytes(tip);
        int newer = sequence(bytes, 0) > sequence(bytes, 1) ? 0 : 1;
        Arrays.fill(bytes, newer * JournalFormat.TIP_BYTES + 25, (newer + 1) * JournalFormat.TIP_BYTES, (byte) 0);
        Files.write(tip, bytes);

        assertThat(journal.verify().damages()).isEmpty();

        new Events().journal(journal.folder).open().close();
        assertThat(journal.verify().damages()).isEmpty();
        assertThat(journal.verify().remarks()).isEmpty();
    }

    private static long sequence(byte[] tip, int slot) {
        return ByteBuffer.wrap(tip).getLong(slot * JournalFormat.TIP_BYTES + 20);
    }

    @Test
    void a_tip_of_another_size_is_found() throws IOException {
        Path tip = journal.folder.resolve("tip");
        byte[] whole = Files.readAllBytes(tip);
        for (int length : new int[] {0, JournalFormat.TIP_BYTES, whole.length - 1, whole.length + 1}) {
            Files.write(tip, Arrays.copyOf(whole, length));

            assertThat(journal.verify().damages())
                    .as("%d bytes", length)
                    .anyMatch(damage ->
                            damage.kind() == Kind.EDITED && damage.file().equals("tip"));
        }
    }

    @Test
    void a_record_rewritten_with_a_right_checksum_is_found() throws IOException {
        for (Place place : original.places()) {
            fresh();
            Place here = here(place);
            byte[] frame = SmallJournal.bytes(here);
            SmallJournal.splice(here.file(), here.offset(), here.end(), edited(frame));

            assertThat(journal.verify().damages())
                    .as("record %d of %s", place.sequence(), place.chain())
                    .anyMatch(damage -> damage.kind() == Kind.EDITED && isAt(damage, place));
        }
    }

    @Test
    void a_deleted_record_is_found() throws IOException {
        for (Place place : original.places()) {
            fresh();
            Place here = here(place);
            SmallJournal.splice(here.file(), here.offset(), here.end(), NOTHING);

            assertThat(journal.verify().damages())
                    .as("record %d of %s", place.sequence(), place.chain())
                    .anyMatch(damage ->
                            (damage.kind() == Kind.MISSING || damage.kind() == Kind.TRUNCATED) && isAt(damage, place));
        }
    }

    @Test
    void a_repeated_record_is_found() throws IOException {
        for (Place place : original.places()) {
            fresh();
            Place here = here(place);
            SmallJournal.splice(here.file(), here.end(), here.end(), SmallJournal.bytes(here));

            assertThat(journal.verify().damages())
                    .as("record %d of %s", place.sequence(), place.chain())
                    .anyMatch(damage ->
                            damage.kind() == Kind.FOREIGN && isAt(damage, place) && damage.offset() == place.end());
        }
    }

    @Test
    void swapped_records_are_found() throws IOException {
        List<Place> places = original.places();
        for (int i = 0; i + 1 < places.size(); i++) {
            if (!places.get(i).file().equals(places.get(i + 1).file())) {
                continue;
            }
            fresh();
            Place first = here(places.get(i));
            Place second = here(places.get(i + 1));
            byte[] swapped = concat(SmallJournal.bytes(second), SmallJournal.bytes(first));
            SmallJournal.splice(first.file(), first.offset(), second.end(), swapped);

            assertThat(journal.verify().damages())
                    .as("records %d and %d of %s", first.sequence(), second.sequence(), first.chain())
                    .anyMatch(damage -> damage.kind() == Kind.SWAPPED && isAt(damage, first));
        }
    }

    @Test
    void a_record_from_another_chain_is_found() throws IOException {
        List<Place> places = original.places();
        Place other = here(places.get(2));
        Place here = here(places.get(places.size() - 2));
        SmallJournal.splice(here.file(), here.offset(), here.end(), SmallJournal.bytes(other));

        assertThat(journal.verify().damages())
                .anyMatch(
                        damage -> damage.file().equals(here.file().getFileName().toString())
                                && damage.chain().equals(here.chain().toString()));
    }

    @Test
    void a_file_cut_anywhere_is_found() throws IOException {
        for (Place place : original.places()) {
            for (int size : List.of(place.offset(), place.offset() + 1, place.end() - 1)) {
                fresh();
                Place here = here(place);
                SmallJournal.splice(here.file(), size, (int) Files.size(here.file()), NOTHING);

                assertThat(journal.verify().damages())
                        .as("cut to %d at record %d of %s", size, place.sequence(), place.chain())
                        .anyMatch(damage -> damage.chain().equals(place.chain().toString())
                                && damage.firstSequence() <= place.sequence()
                                && damage.lastSequence() >= place.sequence());
            }
        }
    }

    @Test
    void an_emptied_or_deleted_segment_is_found() throws IOException {
        for (Path segment : original.segments()) {
            SegmentId id = SegmentId.parse(segment.getFileName().toString()).orElseThrow();
            fresh();
            Files.delete(journal.folder.resolve(segment.getFileName()));
            assertThat(journal.verify().damages())
                    .as("deleted %s", segment.getFileName())
                    .anyMatch(damage -> (damage.kind() == Kind.MISSING || damage.kind() == Kind.TRUNCATED)
                            && damage.chain().equals(id.chain().toString())
                            && damage.firstSequence() <= id.firstSequence()
                            && damage.lastSequence() >= id.firstSequence());
            fresh();
            Files.write(journal.folder.resolve(segment.getFileName()), NOTHING);
            assertThat(journal.verify().damages())
                    .as("emptied %s", segment.getFileName())
                    .anyMatch(damage -> damage.chain().equals(id.chain().toString())
                            && damage.lastSequence() >= id.firstSequence());
        }
    }

    @Test
    void a_deleted_chain_is_found() throws IOException {
        for (int epoch = 1; epoch <= 2; epoch++) {
            fresh();
            for (Path segment : journal.segments()) {
                if (segment.getFileName().toString().startsWith("0000000" + epoch)) {
                    Files.delete(segment);
                }
            }
            String chain = "0000000" + epoch;
            long last = original.places().stream()
                    .filter(place -> place.chain().toString().startsWith(chain))
                    .mapToLong(Place::sequence)
                    .max()
                    .orElseThrow();
            assertThat(journal.verify().damages())
                    .anyMatch(damage -> damage.kind() == Kind.MISSING
                            && damage.chain().startsWith(chain)
                            && damage.firstSequence() == 1
                            && damage.lastSequence() == last);
        }
    }

    @Test
    void swapped_segments_are_found() throws IOException {
        List<Path> segments = original.segments();
        for (int i = 0; i + 1 < segments.size(); i++) {
            fresh();
            Path first = journal.folder.resolve(segments.get(i).getFileName());
            Path second = journal.folder.resolve(segments.get(i + 1).getFileName());
            byte[] kept = Files.readAllBytes(first);
            Files.write(first, Files.readAllBytes(second));
            Files.write(second, kept);

            assertThat(journal.verify().damages())
                    .extracting(JournalDamage::kind, JournalDamage::file)
                    .contains(
                            tuple(Kind.SWAPPED, first.getFileName().toString()),
                            tuple(Kind.SWAPPED, second.getFileName().toString()));
        }
    }

    @Test
    void segments_of_another_journal_and_copies_are_found() throws IOException {
        SmallJournal other = SmallJournal.in(temp.resolve("other"), 1, 64L << 20);
        Path foreign = other.segments().get(1);
        Files.copy(foreign, journal.folder.resolve(foreign.getFileName()));
        Path copied = journal.segments().get(0);
        Path copy = journal.folder.resolve("00000009-0000000000000009-0000000000000001.wal");
        Files.copy(copied, copy);
        Files.writeString(journal.folder.resolve("notes.wal"), "hello");

        assertThat(journal.verify().damages())
                .filteredOn(damage -> damage.kind() == Kind.FOREIGN)
                .extracting(JournalDamage::file)
                .containsExactlyInAnyOrder(
                        foreign.getFileName().toString(), copy.getFileName().toString(), "notes.wal");
    }

    @Test
    void a_missing_tip_is_found_and_the_next_start_does_not_hide_it() throws IOException {
        Files.delete(journal.folder.resolve("tip"));
        assertThat(journal.verify().damages())
                .extracting(JournalDamage::kind, JournalDamage::file)
                .containsExactly(tuple(Kind.MISSING, "tip"));

        new Events().journal(journal.folder).open().close();

        assertThat(journal.verify().damages())
                .singleElement()
                .satisfies(damage -> assertThat(damage.text()).contains("tip was missing"));
    }

    @Test
    void a_tip_put_back_from_earlier_is_found() throws IOException {
        byte[] early = Files.readAllBytes(journal.folder.resolve("tip"));
        for (int chains = 0; chains < 2; chains++) {
            try (Journal open = new Events().journal(journal.folder).open()) {
                open.append(new Events().denied());
            }
            Files.write(journal.folder.resolve("tip"), early);

            assertThat(journal.verify().isWhole()).isFalse();
        }
    }

    @Test
    void records_cut_off_a_killed_chain_are_still_missed_after_the_next_start() throws IOException {
        List<Place> places = journal.places();
        Place last = places.get(places.size() - 1);
        SmallJournal.splice(last.file(), last.offset(), last.end(), NOTHING);

        new Events().journal(journal.folder).open().close();

        assertThat(journal.verify().damages())
                .anyMatch(damage -> damage.kind() == Kind.TRUNCATED && isAt(damage, last));
    }

    @Test
    void half_a_record_of_a_killed_process_is_no_damage_and_is_cut_at_the_next_start() throws IOException {
        List<Place> places = journal.places();
        Place last = places.get(places.size() - 1);
        byte[] half = new byte[last.length() / 2];
        System.arraycopy(SmallJournal.bytes(last), 0, half, 0, half.length);
        SmallJournal.splice(last.file(), last.end(), last.end(), half);

        JournalReport before = journal.verify();
        assertThat(before.damages()).isEmpty();
        assertThat(before.remarks()).singleElement().asString().contains(half.length + " bytes");

        Events events = new Events();
        try (Journal open = events.journal(journal.folder).open()) {
            assertThat(open.committed().sequence()).isEqualTo(2);
        }

        JournalReport after = journal.verify();
        assertThat(after.damages()).isEmpty();
        assertThat(after.remarks()).isEmpty();
        assertThat(after.orphans()).isEqualTo(before.openCalls());
        AuditEvent genesis = Events.in(journal.folder).get((int) before.records());
        assertThat(genesis.arguments())
                .containsEntry("/previous/tornBytes", String.valueOf(half.length))
                .containsEntry("/orphans", "1");
    }

    @Test
    void room_for_records_to_come_is_nothing_and_is_cut_off_by_a_stop_and_by_the_next_start() throws IOException {
        Path written = temp.resolve("running");
        Path killed = temp.resolve("with-room");
        Events events = new Events();
        try (Journal open = events.journal(written).open()) {
            open.append(events.denied());
            SmallJournal.copy(written, killed);
        }
        Path segment = new JournalFolder(killed).walFiles().get(0);
        assertThat(Files.size(segment)).isGreaterThan(100_000);

        JournalReport report = new JournalVerifier(killed).verify();
        new Events().journal(killed).open().close();

        assertThat(report.damages()).isEmpty();
        assertThat(report.remarks()).isEmpty();
        assertThat(Files.size(segment)).isLessThan(10_000);
        assertThat(Files.size(new JournalFolder(written).walFiles().get(0))).isLessThan(10_000);
        assertThat(Events.in(killed).get(2).arguments())
                .containsEntry("/previous/tip", "found")
                .doesNotContainKey("/previous/tornBytes");
    }

    @Test
    void half_a_record_in_the_room_is_no_damage_and_is_counted_without_the_room() throws IOException {
        Path written = temp.resolve("running");
        Path killed = temp.resolve("with-room");
        try (Journal open = new Events().journal(written).open()) {
            SmallJournal.copy(open.folder(), killed);
        }
        Path closed = new JournalFolder(written).walFiles().get(0);
        int first;
        int half;
        try (SegmentScanner scanner = new SegmentScanner(closed)) {
            scanner.next();
            Frame stopped = (Frame) scanner.next();
            first = (int) stopped.offset();
            half = stopped.payload().length / 2;
        }
        Path segment = new JournalFolder(killed).walFiles().get(0);
        byte[] bytes = Files.readAllBytes(segment);
        System.arraycopy(Files.readAllBytes(closed), first, bytes, first, half);
        Files.write(segment, bytes);

        JournalReport report = new JournalVerifier(killed).verify();
        assertThat(report.damages()).isEmpty();
        assertThat(report.remarks()).singleElement().asString().contains(half + " bytes");

        new Events().journal(killed).open().close();

        assertThat(Events.in(killed).get(1).arguments()).containsEntry("/previous/tornBytes", String.valueOf(half));
    }

    @Test
    void a_record_written_but_not_yet_acknowledged_is_no_damage() throws IOException {
        Path tip = journal.folder.resolve("tip");
        List<Place> places = journal.places();
        Place last = places.get(places.size() - 1);
        Place before = places.get(places.size() - 2);
        ByteBuffer earlier = ByteBuffer.allocate(2 * JournalFormat.TIP_BYTES);
        try (SegmentScanner scanner = new SegmentScanner(last.file())) {
            Frame frame = (Frame) scanner.next();
            while (frame.sequence() < before.sequence()) {
                frame = (Frame) scanner.next();
            }
            byte[] hash = before.file().equals(last.file()) ? frame.hash() : frame.previousHash();
            JournalFormat.putTip(earlier, new Tip(last.chain(), before.sequence(), hash));
            JournalFormat.putTip(earlier, new Tip(last.chain(), before.sequence(), hash));
        }
        Files.write(tip, earlier.array());

        assertThat(journal.verify().damages()).isEmpty();

        new Events().journal(journal.folder).open().close();
        assertThat(journal.verify().damages()).isEmpty();
    }

    @Test
    void a_running_journal_is_whole_at_every_moment() throws Exception {
        Events events = new Events();
        Path folder = temp.resolve("running");
        AtomicBoolean done = new AtomicBoolean();
        List<Thread> writers = new ArrayList<>();
        try (Journal running = events.journal(folder).segmentBytes(3_000).open()) {
            for (int i = 0; i < 4; i++) {
                Thread writer = new Thread(() -> {
                    for (int n = 0; n < 2_000 && !done.get(); n++) {
                        running.append(events.denied());
                    }
                });
                writer.start();
                writers.add(writer);
            }
            for (int i = 0; i < 15; i++) {
                assertThat(new JournalVerifier(folder).verify().damages()).isEmpty();
            }
            done.set(true);
            for (Thread writer : writers) {
                writer.join();
            }
        }
        assertThat(new JournalVerifier(folder).verify().damages()).isEmpty();
    }

    @Test
    void says_when_there_is_no_journal() throws IOException {
        Path empty = Files.createDirectory(temp.resolve("empty"));

        assertThatThrownBy(() -> new JournalVerifier(empty).verify()).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> new JournalVerifier(temp.resolve("none")).verify())
                .isInstanceOf(NoSuchFileException.class);
    }

    private Place here(Place place) {
        return new Place(
                journal.folder.resolve(place.file().getFileName()),
                place.chain(),
                place.sequence(),
                place.offset(),
                place.length());
    }

    private static boolean isAt(JournalDamage damage, Place place) {
        return damage.chain().equals(place.chain().toString())
                && damage.firstSequence() == place.sequence()
                && damage.lastSequence() == place.sequence();
    }

    private static long sequenceAt(List<Place> places, Path file, int offset) {
        return places.stream()
                .filter(place -> place.file().equals(file) && offset < place.end())
                .findFirst()
                .orElseThrow()
                .sequence();
    }

    /** Another record of the same length, as somebody with this class at hand would write it. */
    private static byte[] edited(byte[] frame) {
        ByteBuffer buffer = ByteBuffer.wrap(frame);
        byte[] previous = new byte[32];
        byte[] payload = new byte[buffer.getInt(0)];
        buffer.get(17, previous).get(49, payload);
        String text = new String(payload, ISO_8859_1).replace("\"time\":\"2026", "\"time\":\"2025");
        ByteBuffer edited = ByteBuffer.allocate(frame.length);
        JournalFormat.putFrame(edited, buffer.getLong(8), previous, text.getBytes(ISO_8859_1));
        assertThat(edited.array()).isNotEqualTo(frame);
        return edited.array();
    }

    private static byte[] concat(byte[] one, byte[] other) {
        return ByteBuffer.allocate(one.length + other.length)
                .put(one)
                .put(other)
                .array();
    }
}
