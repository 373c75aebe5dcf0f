package io.mcpguard.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.core.audit.JournalDamage.Kind;
import io.mcpguard.core.audit.SmallJournal.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody does to the files of a journal beyond {@link JournalVerifierTest}: cuts at every byte, and old copies. */
class JournalTamperTest {

    @TempDir
    Path temp;

    @Test
    void a_file_cut_at_any_byte_is_found_at_the_first_record_it_lacks() throws IOException {
        SmallJournal small = SmallJournal.in(temp, 0, 64L << 20);
        List<Place> places = small.places();
        for (Path file : small.segments()) {
            byte[] whole = Files.readAllBytes(file);
            List<Place> here =
                    places.stream().filter(place -> place.file().equals(file)).toList();
            for (int size = 0; size < whole.length; size++) {
                Files.write(file, Arrays.copyOf(whole, size));

                int cut = size;
                Place lacking = here.stream()
                        .filter(place -> cut < place.end())
                        .findFirst()
                        .orElseThrow();
                assertThat(small.verify().damages())
                        .as("%s cut to %d bytes", file.getFileName(), size)
                        .anyMatch(
                                damage -> damage.chain().equals(lacking.chain().toString())
                                        && damage.firstSequence() <= lacking.sequence()
                                        && damage.lastSequence() >= lacking.sequence());
            }
            Files.write(file, whole);
        }
        assertThat(small.verify().isWhole()).isTrue();
    }

    @Test
    void an_older_copy_of_a_segment_is_found_at_the_first_record_that_it_lacks() throws IOException {
        Events events = new Events();
        Path folder = temp.resolve("journal");
        Path older = temp.resolve("older");
        try (Journal journal = events.journal(folder).open()) {
            for (int i = 0; i < 5; i++) {
                journal.append(events.denied());
            }
            SmallJournal.copy(folder, older);
            journal.append(events.denied());
        }
        Path segment = new JournalFolder(folder).walFiles().get(0);
        for (boolean followed : new boolean[] {false, true}) {
            if (followed) {
                events.journal(folder).open().close();
            }
            byte[] now = Files.readAllBytes(segment);
            Files.copy(older.resolve(segment.getFileName()), segment, StandardCopyOption.REPLACE_EXISTING);

            assertThat(new JournalVerifier(folder).verify().damages())
                    .singleElement()
                    .satisfies(damage -> {
                        assertThat(damage.kind()).isEqualTo(Kind.TRUNCATED);
                        assertThat(damage.file())
                                .isEqualTo(segment.getFileName().toString());
                        assertThat(damage.firstSequence()).isEqualTo(7);
                        assertThat(damage.lastSequence()).isEqualTo(8);
                    });
            Files.write(segment, now);
            assertThat(new JournalVerifier(folder).verify().isWhole()).isTrue();
        }
    }

    @Test
    void an_older_copy_of_segment_and_tip_looks_like_the_older_journal() throws IOException {
        // What the chain alone cannot tell; CheckpointTamperTest has the checkpoint that can.
        Events events = new Events();
        Path folder = temp.resolve("journal");
        Path older = temp.resolve("older");
        try (Journal journal = events.journal(folder).open()) {
            journal.append(events.denied());
            SmallJournal.copy(folder, older);
            journal.append(events.denied());
        }

        SmallJournal.copy(older, folder);

        assertThat(new JournalVerifier(folder).verify().isWhole()).isTrue();
    }

    @Test
    void a_clock_that_goes_back_an_hour_changes_neither_numbers_nor_chain() throws IOException {
        Events events = new Events();
        Path folder = temp.resolve("journal");
        for (int start = 0; start < 2; start++) {
            try (Journal journal = events.journal(folder).segmentBytes(2_000).open()) {
                journal.append(events.denied());
                events.clock.move(Duration.ofHours(-1));
                journal.append(events.denied());
            }
        }

        assertThat(new JournalVerifier(folder).verify().damages()).isEmpty();
        assertThat(Events.in(folder).stream()
                        .map(event -> event.link().orElseThrow().sequence()))
                .containsExactly(1L, 2L, 3L, 4L, 1L, 2L, 3L, 4L);
        assertThat(Events.in(folder).stream()
                        .map(event -> event.id().toString())
                        .toList())
                .isSorted();
    }
}
