package io.mcpguard.core.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mcpguard.core.audit.Journal;
import io.mcpguard.core.audit.Retention;
import io.mcpguard.core.credential.Ed25519Key;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verifier of the documentation, in another language and written from the documentation, must say what ours says. */
class SecondVerifierTest {

    private static final Path SCRIPT =
            Path.of("../docs/audit_verify.py").toAbsolutePath().normalize();

    @TempDir
    Path temp;

    private SignedJournal signed;
    private Path publicKey = Path.of("");
    private Path exported = Path.of("");

    /** Does something to the files of a journal. */
    private interface Deed {
        void to(Path folder) throws IOException;
    }

    @BeforeAll
    static void is_there_something_to_run_it_with() throws Exception {
        assumeTrue(
                canRun("python3", "-c", "import sys; sys.exit(sys.version_info < (3, 8))"),
                "python3 (3.8 or later) is not installed, so docs/audit_verify.py was not run");
        assumeTrue(
                canRun("python3", "-c", "import cryptography") || canRun("openssl", "version"),
                "neither the Python package cryptography nor openssl is installed, so docs/audit_verify.py was not run");
    }

    @BeforeEach
    void write() throws IOException {
        signed = new SignedJournal(temp.resolve("audit"));
        signed.process("getOrder", 6).process("caf\u00e9 \u2014 \ud83d\ude00", 6);
        CheckpointKeys trusted = signed.trusted(temp);
        publicKey = temp.resolve("kept.pub");
        exported = temp.resolve("kept.note");
        CheckpointExport export = CheckpointExport.of(signed.folder, trusted, false);
        Files.write(exported, export.notes());
        Files.write(publicKey, export.publicKeys().orElseThrow());
    }

    @Test
    void both_find_a_clean_a_running_and_a_killed_journal_whole() throws Exception {
        assertThat(second(signed.folder, publicKey, exported))
                .isEqualTo(signed.events().size() + " records, 7 checkpoints\nWhole\n");
        assertThat(second(signed.folder))
                .isEqualTo(
                        signed.events().size() + " records, 6 checkpoints whose signatures were not checked\nWhole\n");

        Path killed = temp.resolve("killed");
        Journal journal = signed.open();
        try (Checkpoints checkpoints = signed.checkpoints(journal)) {
            assertThat(checkpoints.status().failures()).isZero();
            journal.append(signed.call("getOrder"));
            assertThat(second(signed.folder, publicKey)).endsWith("Whole\n");
            SignedJournal.copy(signed.folder, killed);
        }
        agree("killed", killed, true);
        Files.write(killed.resolve(NoteFile.NAME), "mcp-guard/orders/no".getBytes(UTF_8), StandardOpenOption.APPEND);
        agree("killed in the middle of a note", killed, true);
    }

    @Test
    void signatures_can_be_checked_with_openssl_too() throws Exception {
        assumeTrue(canRun("openssl", "version"), "openssl is not installed");
        Path other = temp.resolve("other.pub");
        Files.writeString(
                other,
                CheckpointKey.of(Ed25519Key.generate("c2", new SecureRandom()).publicKey())
                                .line("mcp-guard/orders/node-1")
                        + "\n");

        // Without the packages of the machine, and so without cryptography.
        assertThat(run(List.of("python3", "-S"), signed.folder, publicKey)).endsWith("Whole\n");
        assertThat(run(List.of("python3", "-S"), signed.folder, other)).contains("DAMAGED in 6 places");
        flip(signed.noteFile(), 200);
        assertThat(run(List.of("python3", "-S"), signed.folder, publicKey))
                .contains("none of the known keys has signed");
    }

    @Test
    void both_find_the_same_journals_damaged() throws Exception {
        Map<String, Deed> deeds = new LinkedHashMap<>();
        List<Path> segments = segments(signed.folder);
        for (int i = 0; i < segments.size(); i++) {
            String name = segments.get(i).getFileName().toString();
            long size = Files.size(segments.get(i));
            long at = new long[] {3, 40, 70, 100, size / 2, size - 1}[i % 6];
            deeds.put("byte " + at + " of " + name, folder -> flip(folder.resolve(name), at));
        }
        String last = segments.get(segments.size() - 1).getFileName().toString();
        deeds.put("the last segment deleted", folder -> Files.delete(folder.resolve(last)));
        deeds.put("the last segment cut", folder -> cut(folder.resolve(last), 90));
        String first = segments.get(0).getFileName().toString();
        String second = segments.get(1).getFileName().toString();
        deeds.put("segments swapped", folder -> swap(folder.resolve(first), folder.resolve(second)));
        deeds.put(
                "a segment copied",
                folder -> Files.copy(
                        folder.resolve(first), folder.resolve("00000009-0000000000000009-0000000000000001.wal")));
        deeds.put("tip deleted", folder -> Files.delete(folder.resolve("tip")));
        deeds.put("tip edited", folder -> flip(folder.resolve("tip"), 30));
        deeds.put("tip cut", folder -> cut(folder.resolve("tip"), 64));
        for (long at : new long[] {5, 40, 62, 200}) {
            deeds.put("byte " + at + " of the notes", folder -> flip(folder.resolve(NoteFile.NAME), at));
        }
        deeds.put("notes deleted", folder -> Files.delete(folder.resolve(NoteFile.NAME)));
        deeds.put("a note removed", folder -> notes(folder, 0, 2, 3, 4, 5));
        deeds.put("a note repeated", folder -> notes(folder, 0, 0, 1, 2, 3, 4, 5));
        deeds.put("notes swapped", folder -> notes(folder, 1, 0, 2, 3, 4, 5));

        for (Map.Entry<String, Deed> deed : deeds.entrySet()) {
            Path folder = temp.resolve("damaged");
            SignedJournal.copy(signed.folder, folder);
            deed.getValue().to(folder);

            agree(deed.getKey(), folder, false);
        }
    }

    @Test
    void both_find_a_folder_put_back_and_a_history_written_anew() throws Exception {
        Path early = temp.resolve("early");
        SignedJournal.copy(signed.folder, early);
        signed.process("getOrder", 1);
        Files.write(
                exported,
                CheckpointExport.of(signed.folder, signed.trusted(temp), false).notes());
        agree("put back, by itself", early, true);
        agree("put back", early, false, exported);

        SignedJournal forged = new SignedJournal(temp.resolve("forged"), Ed25519Key.generate("c1", new SecureRandom()));
        forged.process("getOrder", 6);
        agree("written anew", forged.folder, false);
    }

    @Test
    void both_know_what_the_journal_deleted_from_what_somebody_else_did() throws Exception {
        Path first = segments(signed.folder).get(0);
        Path inTheMiddle = temp.resolve("in-the-middle");
        Path late = temp.resolve("late");
        try (Journal journal = signed.open();
                Checkpoints checkpoints = signed.checkpoints(journal)) {
            signed.clock.advance(Duration.ofDays(31));
            for (int i = 0; i < 30; i++) {
                journal.append(signed.call("getOrder"));
            }
            try (Retention retention =
                    Retention.start(journal, Duration.ofDays(30), null, signed.clock, signed.moreIds())) {
                Awaitility.await().until(() -> !Files.exists(first));
                assertThat(retention).isNotNull();
            }
            assertThat(checkpoints.status().failures()).isZero();
            SignedJournal.copy(signed.folder, late);
        }
        agree("the beginning deleted by the journal", signed.folder, true, exported);
        agree("the same, while it runs", late, true, exported);

        SignedJournal.copy(signed.folder, inTheMiddle);
        Files.delete(segments(inTheMiddle).get(0));
        agree("more deleted than the journal says", inTheMiddle, false);
    }

    /** Ours and the second one agree, and on what the test expects. */
    private void agree(String what, Path folder, boolean whole, Path... outside) throws Exception {
        boolean ours = new CheckpointVerifier(folder, CheckpointKeys.in(List.of(publicKey)), true)
                .verify(List.of(outside))
                .journal()
                .isWhole();
        List<Path> files = new ArrayList<>(List.of(publicKey));
        files.addAll(List.of(outside));
        String said = second(folder, files.toArray(Path[]::new));

        assertThat(ours).as(what).isEqualTo(whole);
        assertThat(said).as(what).contains(whole ? "\nWhole\n" : "\nDAMAGED in ");
    }

    private static String second(Path folder, Path... files) throws Exception {
        return run(List.of("python3"), folder, files);
    }

    private static String run(List<String> python, Path folder, Path... files) throws Exception {
        List<String> command = new ArrayList<>(python);
        command.addAll(List.of(SCRIPT.toString(), folder.toString()));
        Stream.of(files).map(Path::toString).forEach(command::add);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(said).isEqualTo(said.endsWith("Whole\n") ? 0 : 1);
        return said;
    }

    private static boolean canRun(String... command) throws Exception {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static List<Path> segments(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".wal"))
                    .sorted()
                    .toList();
        }
    }

    private static void flip(Path file, long at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[(int) at] ^= 1;
        Files.write(file, bytes);
    }

    private static void cut(Path file, int size) throws IOException {
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), size));
    }

    private static void swap(Path one, Path other) throws IOException {
        Path aside = one.resolveSibling("aside");
        Files.move(one, aside);
        Files.move(other, one);
        Files.move(aside, other, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void notes(Path folder, int... numbers) throws IOException {
        List<NoteScanner.Found> notes = NoteList.growing(folder).notes();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int number : numbers) {
            bytes.writeBytes(notes.get(number).note().block());
        }
        Files.write(folder.resolve(NoteFile.NAME), bytes.toByteArray());
    }
}
