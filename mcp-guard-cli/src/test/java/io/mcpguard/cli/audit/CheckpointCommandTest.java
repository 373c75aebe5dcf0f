package io.mcpguard.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.core.audit.Journal;
import io.mcpguard.core.audit.Uuid7;
import io.mcpguard.core.checkpoint.CheckpointSettings;
import io.mcpguard.core.checkpoint.Checkpoints;
import io.mcpguard.core.credential.FileKeySource;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CheckpointCommandTest {

    @TempDir
    Path temp;

    private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-22T10:00:00Z"));
    private final SecureRandom random = new SecureRandom();
    private String out = "";
    private String err = "";
    private Path keys = Path.of("");
    private Path journal = Path.of("");
    private Path kept = Path.of("");

    @BeforeEach
    void write() throws IOException {
        keys = Files.createDirectories(temp.resolve("home/keys"));
        journal = temp.resolve("home/audit");
        kept = temp.resolve("kept.note");
        FileKeySource.createSigning(keys, random);
        process();
    }

    private void process() {
        Uuid7 ids = new Uuid7(clock, random);
        Journal open = Journal.builder(journal, clock, ids).open();
        Checkpoints.start(open, new FileKeySource(keys), CheckpointSettings.of("orders"), clock, ids)
                .close();
    }

    @Test
    void verify_says_how_many_checkpoints_there_are_and_who_signed() {
        assertThat(run("verify")).isZero();

        assertThat(out)
                .containsPattern("Signed    [23] checkpoints, [23] of them with a known key")
                .contains("the latest of 2026-11-22T10:00:00Z by mcp-guard/orders/", "; 0 records since")
                .contains("Whole: nothing was edited, removed, moved or added, as far as these files can tell.")
                .doesNotContain("Note ");
    }

    @Test
    void an_exported_checkpoint_shows_that_the_whole_folder_was_put_back() throws IOException {
        Path early = temp.resolve("early");
        copy(journal, early);
        process();

        assertThat(run("checkpoint", "export", kept.toString())).isZero();
        assertThat(out).contains("Wrote 1 checkpoint to " + kept, "chain 00000002-");
        assertThat(Files.readString(kept)).startsWith("mcp-guard/orders/").contains("\n\n\u2014 mcp-guard/orders/");
        assertThat(Files.readString(temp.resolve("kept.note.pub")))
                .matches("mcp-guard/orders/\\S+\\+[0-9a-f]{8}\\+\\S+\n");
        assertThat(run("verify", "--checkpoint", kept.toString())).isZero();
        assertThat(out).contains("and 1 kept elsewhere", "Whole: ", "up to the checkpoint that was kept elsewhere");

        copy(early, journal);

        assertThat(run("verify")).isZero();
        assertThat(run("verify", "--checkpoint", kept.toString())).isEqualTo(1);
        assertThat(out).contains("DAMAGED in 1 place:", "MISSING  " + kept, "The whole chain 00000002-");
    }

    @Test
    void an_export_of_all_of_two_keys_is_verified_without_the_home() throws IOException {
        assertThat(run("checkpoint", "new-key", "--home", temp.resolve("home").toString()))
                .isZero();
        assertThat(out).contains("made  " + keys.resolve("checkpoint-"));
        process();
        assertThat(run("checkpoint", "export", "--all", kept.toString())).isZero();
        assertThat(Files.readAllLines(temp.resolve("kept.note.pub"))).hasSize(2);

        Path elsewhere = temp.resolve("elsewhere/journal");
        copy(journal, elsewhere);
        assertThat(run("verify", elsewhere.toString())).isZero();
        assertThat(out).contains("Note      Signatures of checkpoints were not checked");
        assertThat(run("verify", elsewhere.toString(), "--checkpoint", kept.toString()))
                .isZero();
        assertThat(run("verify", "--public-key", temp.resolve("kept.note.pub").toString()))
                .isZero();
    }

    @Test
    void a_checkpoint_signed_with_another_key_than_the_named_one_is_damage() throws IOException {
        Path old = publicKeys().get(0);
        run("checkpoint", "new-key", "--home", temp.resolve("home").toString());
        process();

        assertThat(run("verify", "--public-key", old.toString())).isEqualTo(1);
        assertThat(out).contains("FOREIGN  checkpoints.note", "signed with a key that is not known here");
    }

    @Test
    void what_cannot_be_read_is_said_and_exits_with_2() throws IOException {
        Files.writeString(temp.resolve("nothing"), "nothing\n");
        String nothing = temp.resolve("nothing").toString();
        String none = temp.resolve("none").toString();

        assertThat(run("verify", "--checkpoint", none)).isEqualTo(2);
        assertThat(err)
                .isEqualTo("There is no readable checkpoint in " + none
                        + ". mcp-guard audit checkpoint export writes one.\n");
        assertThat(run("verify", "--checkpoint", nothing)).isEqualTo(2);
        assertThat(err).startsWith("There is no readable checkpoint in " + nothing);
        assertThat(run("verify", "--public-key", none)).isEqualTo(2);
        assertThat(err).isEqualTo("There is no readable public key in " + none + ".\n");
        assertThat(run("verify", "--public-key", nothing)).isEqualTo(2);
        assertThat(err).contains("is no public key of a signed note");
        assertThat(run("verify", none)).isEqualTo(2);
        assertThat(err).startsWith("There is no readable audit journal in " + none);
    }

    @Test
    void an_export_without_a_checkpoint_or_a_key_says_what_to_do() throws IOException {
        Path bare = temp.resolve("bare");
        Journal.builder(bare, clock, new Uuid7(clock, random)).open().close();

        assertThat(run("checkpoint", "export", "--journal", bare.toString(), kept.toString()))
                .isEqualTo(1);
        assertThat(err).startsWith("There is no checkpoint in " + bare).contains("mcp-guard init");
        for (Path key : publicKeys()) {
            Files.delete(key);
        }
        assertThat(run("checkpoint", "export", kept.toString())).isEqualTo(1);
        assertThat(err).contains("--public-key");
        assertThat(kept).doesNotExist();
        assertThat(run("checkpoint")).isEqualTo(2);
    }

    private List<Path> publicKeys() throws IOException {
        try (Stream<Path> files = Files.list(keys)) {
            return files.filter(file -> file.toString().endsWith(".pub")).toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> old = Files.list(to)) {
            for (Path file : old.toList()) {
                Files.delete(file);
            }
        }
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private int run(String... arguments) {
        StringWriter said = new StringWriter();
        StringWriter complained = new StringWriter();
        Map<String, String> environment =
                Map.of("MCP_GUARD_HOME", temp.resolve("home").toString());
        CommandLine line = AuditCommand.line(clock, random, ZoneOffset.UTC, environment::get);
        line.setOut(new PrintWriter(said, true));
        line.setErr(new PrintWriter(complained, true));
        int code = line.execute(arguments);
        out = said.toString();
        err = complained.toString();
        return code;
    }
}
