package io.mcpguard.core.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.core.audit.JournalDamage;
import io.mcpguard.core.audit.JournalDamage.Kind;
import io.mcpguard.core.audit.JournalVerifier;
import io.mcpguard.core.checkpoint.NoteScanner.Found;
import io.mcpguard.core.credential.Ed25519Key;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody does to checkpoints, and to a journal that has them. */
class CheckpointTamperTest {

    @TempDir
    Path temp;

    private SignedJournal signed;
    private CheckpointKeys trusted = CheckpointKeys.none();
    private Path exported = Path.of("");

    @BeforeEach
    void write() throws IOException {
        signed = new SignedJournal(temp.resolve("audit"));
        signed.process("getOrder", 2).process("getOrder", 2);
        trusted = signed.trusted(temp);
        exported = temp.resolve("kept.note");
        Files.write(exported, CheckpointExport.of(signed.folder, trusted, false).notes());
    }

    @Test
    void checkpoints_nobody_touched_are_whole() throws IOException {
        CheckpointReport report = signed.verify(trusted, exported);

        assertThat(report.journal().damages()).isEmpty();
        assertThat(report.journal().remarks()).isEmpty();
        assertThat(report.checkpoints()).isEqualTo(6);
        assertThat(report.outside()).isEqualTo(1);
        assertThat(report.verified()).isEqualTo(7);
        assertThat(report.recordsAfter()).isZero();
        assertThat(report.latest()).contains(signed.notes().get(5).checkpoint());
    }

    @Test
    void a_flipped_bit_anywhere_in_a_note_is_found_at_it() throws IOException {
        SignedJournal small = new SignedJournal(temp.resolve("small"), signed.key).process("getOrder", 0);
        byte[] whole = Files.readAllBytes(small.noteFile());
        List<Found> notes = small.found();
        long lastStart = notes.get(notes.size() - 1).offset();
        for (int i = 0; i < whole.length; i++) {
            byte[] flipped = whole.clone();
            flipped[i] ^= (byte) (1 << (i % 7));
            Files.write(small.noteFile(), flipped);

            CheckpointReport report = small.verify(trusted);

            long place = i;
            long start = notes.stream()
                    .mapToLong(Found::offset)
                    .filter(offset -> offset <= place)
                    .max()
                    .orElseThrow();
            if (report.journal().isWhole()) {
                // The end of the last note looks as a kill leaves it.
                assertThat(start).as("byte %d", i).isEqualTo(lastStart);
                assertThat(report.journal().remarks()).anyMatch(remark -> remark.contains("bytes of a checkpoint"));
            } else {
                assertThat(report.journal().damages())
                        .as("byte %d", i)
                        .anyMatch(damage -> damage.file().equals(NoteFile.NAME) && damage.offset() <= place);
            }
        }
    }

    @Test
    void a_removed_note_is_found() throws IOException {
        for (int i = 0; i < 6; i++) {
            List<SignedNote> notes = new ArrayList<>(signed.notes());
            SignedNote removed = notes.remove(i);
            CheckpointReport report = verified(notes);

            // The end of a chain is signed when nothing can be recorded any more.
            boolean recorded = i != 2 && i != 5;
            assertThat(report.journal().isWhole()).as("note %d", i).isEqualTo(!recorded);
            if (recorded) {
                assertThat(report.journal().damages())
                        .singleElement()
                        .satisfies(damage -> isAt(damage, Kind.MISSING, removed));
            }
        }
    }

    @Test
    void a_repeated_note_is_found() throws IOException {
        for (int i = 0; i < 6; i++) {
            List<SignedNote> notes = new ArrayList<>(signed.notes());
            SignedNote repeated = notes.get(i);
            notes.add(i, repeated);

            assertThat(verified(notes).journal().damages())
                    .as("note %d", i)
                    .singleElement()
                    .satisfies(damage -> isAt(damage, Kind.FOREIGN, repeated));
        }
    }

    @Test
    void swapped_notes_are_found_unless_one_process_may_have_signed_its_end_late() throws IOException {
        for (int i = 0; i < 5; i++) {
            List<SignedNote> notes = new ArrayList<>(signed.notes());
            SignedNote later = notes.remove(i + 1);
            notes.add(i, later);
            SignedNote displaced = notes.get(i + 1);
            CheckpointReport report = verified(notes);

            if (i == 2) {
                assertThat(report.journal().damages()).isEmpty();
            } else {
                assertThat(report.journal().damages())
                        .as("note %d", i)
                        .anySatisfy(damage -> isAt(damage, Kind.SWAPPED, displaced));
            }
        }
    }

    @Test
    void a_deleted_file_of_notes_is_found() throws IOException {
        List<SignedNote> notes = signed.notes();
        Files.delete(signed.noteFile());

        assertThat(signed.verify(trusted).journal().damages())
                .filteredOn(damage -> damage.kind() == Kind.MISSING && damage.firstSequence() > 0)
                .hasSize(4)
                .first()
                .satisfies(damage -> isAt(damage, Kind.MISSING, notes.get(0)));
    }

    @Test
    void records_cut_off_together_with_the_tip_are_missed_by_the_notes() throws IOException {
        Path early = temp.resolve("early");
        SignedJournal.copy(signed.folder, early);
        signed.process("getOrder", 2);
        byte[] notes = Files.readAllBytes(signed.noteFile());
        List<SignedNote> all = signed.notes();

        SignedJournal.copy(early, signed.folder);
        Files.write(signed.noteFile(), notes);

        assertThat(new JournalVerifier(signed.folder).verify().isWhole()).isTrue();
        assertThat(signed.verify(trusted).journal().damages())
                .hasSize(3)
                .first()
                .satisfies(damage -> isAt(damage, Kind.MISSING, all.get(6)));
    }

    @Test
    void a_folder_put_back_as_a_whole_is_found_by_nothing_but_a_checkpoint_kept_elsewhere() throws IOException {
        Path early = temp.resolve("early");
        SignedJournal.copy(signed.folder, early);
        signed.process("getOrder", 2);
        Files.write(exported, CheckpointExport.of(signed.folder, trusted, false).notes());
        assertThat(signed.verify(trusted, exported).journal().damages()).isEmpty();

        SignedJournal.copy(early, signed.folder);

        assertThat(signed.verify(trusted).journal().damages()).isEmpty();
        assertThat(signed.verify(trusted, exported).journal().damages())
                .singleElement()
                .satisfies(damage -> {
                    assertThat(damage.kind()).isEqualTo(Kind.MISSING);
                    assertThat(damage.file()).isEqualTo(exported.toString());
                    assertThat(damage.chain()).startsWith("00000003-");
                    assertThat(damage.text()).contains("The whole chain").contains("proves that it was written");
                });
    }

    @Test
    void a_folder_put_back_within_a_chain_is_found_at_the_first_missing_record() throws IOException {
        Path early = temp.resolve("early");
        SignedJournal one = new SignedJournal(temp.resolve("one"), signed.key);
        try (var journal = one.open()) {
            journal.append(one.call("getOrder"));
            SignedJournal.copy(one.folder, early);
            one.checkpoints(journal).close();
        }
        Files.write(exported, CheckpointExport.of(one.folder, trusted, true).notes());

        SignedJournal.copy(early, one.folder);

        assertThat(new JournalVerifier(one.folder).verify().isWhole()).isTrue();
        CheckpointReport report = new CheckpointVerifier(one.folder, trusted, false).verify(List.of(exported));
        assertThat(report.journal().damages()).extracting(JournalDamage::kind).containsOnly(Kind.TRUNCATED);
        assertThat(report.journal().damages())
                .allSatisfy(damage -> assertThat(damage.firstSequence()).isEqualTo(3));
    }

    @Test
    void a_history_written_anew_is_found_by_notes_that_nobody_can_write_anew() throws IOException {
        // The same clock and the same random numbers: the forger gives the chain the name that it had.
        SignedJournal honest = new SignedJournal(temp.resolve("honest"), signed.key).process("deleteOrder", 2);
        Ed25519Key own = Ed25519Key.generate("c1", new SecureRandom());
        SignedJournal forged = new SignedJournal(temp.resolve("forged"), own).process("getOrder", 2);
        Files.write(exported, CheckpointExport.of(honest.folder, trusted, true).notes());
        assertThat(forged.notes().get(0).checkpoint().mark().chain())
                .isEqualTo(honest.notes().get(0).checkpoint().mark().chain());

        assertThat(new JournalVerifier(forged.folder).verify().isWhole()).isTrue();
        assertThat(forged.verify(forged.trusted(temp.resolve("audit")))
                        .journal()
                        .damages())
                .isEmpty();
        assertThat(forged.verify(trusted).journal().damages())
                .extracting(JournalDamage::kind)
                .contains(Kind.FOREIGN);
        assertThat(forged.verify(trusted, exported).journal().damages()).anySatisfy(damage -> {
            assertThat(damage.kind()).isEqualTo(Kind.EDITED);
            assertThat(damage.file()).endsWith(".wal");
            assertThat(damage.firstSequence()).isEqualTo(4);
            assertThat(damage.text()).contains("or one before it, is not what the checkpoint of");
        });

        // With the honest notes under the forged records.
        Files.copy(honest.noteFile(), forged.noteFile(), StandardCopyOption.REPLACE_EXISTING);
        assertThat(forged.verify(trusted).journal().damages())
                .anyMatch(
                        damage -> damage.kind() == Kind.EDITED && damage.file().endsWith(".wal"));
    }

    @Test
    void a_journal_without_the_checkpoints_that_a_named_key_must_have_signed_is_damaged() throws IOException {
        SignedJournal bare = new SignedJournal(temp.resolve("bare"));
        bare.open().close();

        assertThat(new CheckpointVerifier(bare.folder, trusted, true)
                        .verify(List.of())
                        .journal()
                        .damages())
                .singleElement()
                .satisfies(damage -> assertThat(damage.kind()).isEqualTo(Kind.MISSING));
        assertThat(new CheckpointVerifier(bare.folder, trusted, false)
                        .verify(List.of())
                        .journal()
                        .isWhole())
                .isTrue();
    }

    @Test
    void without_a_public_key_it_is_said_that_signatures_were_not_checked() throws IOException {
        CheckpointReport report = signed.verify(CheckpointKeys.none());

        assertThat(report.journal().isWhole()).isTrue();
        assertThat(report.verified()).isZero();
        assertThat(report.journal().remarks()).singleElement().asString().contains("were not checked");
    }

    @Test
    void a_checkpoint_of_another_journal_is_found_and_a_file_without_one_is_refused() throws IOException {
        SignedJournal other = new SignedJournal(temp.resolve("other"), signed.key);
        other.clock.advance(Duration.ofDays(1));
        other.process("x", 0).process("x", 0).process("x", 0);
        Files.write(exported, CheckpointExport.of(other.folder, trusted, false).notes());
        assertThat(signed.verify(trusted, exported).journal().damages())
                .singleElement()
                .satisfies(damage -> assertThat(damage.kind()).isEqualTo(Kind.MISSING));

        Files.writeString(exported, "nothing of the kind\n");
        assertThatThrownBy(() -> signed.verify(trusted, exported)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void a_copy_that_was_cut_or_edited_is_found() throws IOException {
        byte[] copy = Files.readAllBytes(exported);
        byte[] two = CheckpointExport.of(signed.folder, trusted, true).notes();
        for (byte[] bad : List.of(concat(copy, "more\n\n".getBytes(UTF_8)), concat("x".getBytes(UTF_8), two))) {
            Files.write(exported, bad);

            assertThat(signed.verify(trusted, exported).journal().damages())
                    .anyMatch(damage -> damage.file().equals(exported.toString()));
        }
    }

    @Test
    void signatures_of_others_may_stand_beside_ours() throws IOException {
        Ed25519Key witness = Ed25519Key.generate("w", new SecureRandom());
        SignedNote note = signed.notes().get(5);
        byte[] body = note.checkpoint().body().getBytes(UTF_8);
        List<NoteSignature> both = List.of(
                NoteSignature.of(
                        "witness.example/w",
                        CheckpointKey.of(witness.publicKey()).id("witness.example/w"),
                        witness.sign(body)),
                note.signatures().get(0));
        Files.write(exported, new SignedNote(note.checkpoint(), both).block());

        assertThat(signed.verify(trusted, exported).journal().damages()).isEmpty();
        assertThat(signed.verify(trusted, exported).verified()).isEqualTo(7);
    }

    private CheckpointReport verified(List<SignedNote> notes) throws IOException {
        byte[] whole = Files.readAllBytes(signed.noteFile());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        notes.forEach(note -> bytes.writeBytes(note.block()));
        Files.write(signed.noteFile(), bytes.toByteArray());
        try {
            return signed.verify(trusted);
        } finally {
            Files.write(signed.noteFile(), whole);
        }
    }

    private static void isAt(JournalDamage damage, Kind kind, SignedNote note) {
        assertThat(damage.kind()).isEqualTo(kind);
        assertThat(damage.file()).isEqualTo(NoteFile.NAME);
        assertThat(damage.chain()).isEqualTo(note.checkpoint().mark().chain());
        assertThat(damage.firstSequence()).isEqualTo(note.checkpoint().mark().sequence());
    }

    private static byte[] concat(byte[] one, byte[] other) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(one);
        both.writeBytes(other);
        return both.toByteArray();
    }
}
