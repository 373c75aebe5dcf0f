package io.mcpguard.cli.audit;

import io.mcpguard.core.checkpoint.CheckpointExport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mcp-guard audit checkpoint export}: a copy of the latest checkpoint, to be kept elsewhere. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Writes the latest checkpoint of the audit journal to FILE, and its public key to FILE.pub.",
            "Keep both where nobody can write who can write to the journal. Only reads the journal, also while the",
            "service is running."
        },
        footer = {
            "",
            "Later: mcp-guard audit verify --checkpoint FILE",
            "Exit codes: 0 written, 1 there is no checkpoint or no key for it, 2 cannot be read or written."
        })
final class CheckpointExportCommand implements Callable<Integer> {

    @Parameters(arity = "1", paramLabel = "FILE", description = "Where to write; replaced if it is there.")
    private Path file = Path.of("");

    @Option(
            names = "--journal",
            paramLabel = "FOLDER",
            description = "Folder of the journal (default: $MCP_GUARD_AUDIT, else audit/ in $MCP_GUARD_HOME, else"
                    + " ./mcp-guard/audit).")
    private @Nullable Path journal;

    @Option(names = "--all", description = "Writes every checkpoint there is, not the latest only.")
    private boolean all;

    @Mixin
    private PublicKeys keys = new PublicKeys();

    @Spec
    private @Nullable CommandSpec spec;

    private final JournalPlace place;

    CheckpointExportCommand(JournalPlace place) {
        this.place = place;
    }

    @Override
    public Integer call() {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        Path folder = journal == null ? place.folder() : journal;
        try {
            return write(CheckpointExport.of(folder, keys.read(folder, List.of()), all), line);
        } catch (NoSuchFileException e) {
            line.getErr()
                    .println("There is no checkpoint in " + folder
                            + ". Name the folder of a journal with --journal; it has checkpoints when there is a key to"
                            + " sign them with, which mcp-guard init makes.");
            return 1;
        } catch (IllegalArgumentException e) {
            line.getErr().println(e.getMessage());
            return 2;
        } catch (IOException e) {
            line.getErr().println("The checkpoint could not be read or written: " + e);
            return 2;
        }
    }

    private int write(CheckpointExport export, CommandLine line) throws IOException {
        Optional<byte[]> publicKeys = export.publicKeys();
        if (publicKeys.isEmpty()) {
            line.getErr()
                    .println(
                            "The public key of the checkpoint is not here, so nobody could verify the copy. Name it with"
                                    + " --public-key.");
            return 1;
        }
        Files.write(file, export.notes());
        Files.write(PublicKeys.beside(file), publicKeys.get());
        PrintWriter out = line.getOut();
        out.println("Wrote " + export.size() + (export.size() == 1 ? " checkpoint" : " checkpoints") + " to " + file
                + " and the public key to " + PublicKeys.beside(file));
        out.println("The latest is of " + export.latest().time() + ": chain "
                + export.latest().mark().chain() + ", record "
                + export.latest().mark().sequence());
        return 0;
    }
}
