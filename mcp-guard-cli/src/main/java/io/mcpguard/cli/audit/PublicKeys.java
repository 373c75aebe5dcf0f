package io.mcpguard.cli.audit;

import io.mcpguard.core.checkpoint.CheckpointKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Which public keys a command trusts to have signed checkpoints. */
final class PublicKeys {

    private static final String SUFFIX = ".pub";

    @Option(
            names = "--public-key",
            paramLabel = "FILE",
            description = {
                "Public key that checkpoints must be signed with; may be repeated.",
                "Default: those beside the files of --checkpoint, and in keys/ beside the journal."
            })
    private List<Path> files = new ArrayList<>();

    /** Whether somebody named keys, so that a journal without a checkpoint of them cannot be right. */
    boolean areNamed() {
        return !files.isEmpty();
    }

    boolean areNamed(String file) {
        return files.stream().anyMatch(named -> named.toString().equals(file));
    }

    /** The keys that were named, and no other; else those that lie beside the journal and beside copies of checkpoints. */
    CheckpointKeys read(Path journal, List<Path> copies) throws IOException {
        if (areNamed()) {
            return CheckpointKeys.in(files);
        }
        List<Path> beside =
                copies.stream().map(PublicKeys::beside).filter(Files::exists).toList();
        return CheckpointKeys.in(beside).and(CheckpointKeys.inFolder(journal.resolveSibling("keys")));
    }

    /** Where an export puts the keys of its checkpoints. */
    static Path beside(Path notes) {
        return notes.resolveSibling(notes.getFileName() + SUFFIX);
    }
}
