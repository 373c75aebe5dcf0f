package io.mcpguard.core.checkpoint;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.mcpguard.core.credential.PublicKeyFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The public keys that somebody trusts to have signed checkpoints, those of earlier years too.
 *
 * @since 0.1
 */
public final class CheckpointKeys {

    private static final int MAX_FILE_BYTES = 1 << 20;

    private final List<CheckpointKey> keys;

    /** What a signature is worth. */
    enum Worth {
        /** Made with one of the keys. */
        VALID,
        /** Names one of the keys, and was not made with it. */
        FORGED,
        /** Names none of the keys. */
        UNKNOWN
    }

    private CheckpointKeys(List<CheckpointKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /**
     * Returns no key at all: signatures cannot be checked then.
     *
     * @return an empty set
     */
    public static CheckpointKeys none() {
        return new CheckpointKeys(List.of());
    }

    /**
     * Reads keys from files: each holds one key in PEM, or lines as {@code mcp-guard audit checkpoint export} writes them.
     *
     * @param files the files
     * @return all keys of them
     * @throws IOException when one cannot be read
     * @throws IllegalArgumentException when one holds something else
     */
    public static CheckpointKeys in(Collection<Path> files) throws IOException {
        List<CheckpointKey> keys = new ArrayList<>();
        for (Path file : files) {
            keys.addAll(read(file));
        }
        return new CheckpointKeys(keys);
    }

    /**
     * Reads the public keys of a key folder.
     *
     * @param folder the folder, which need not exist
     * @return its keys
     * @throws IOException when one cannot be read
     * @throws IllegalArgumentException when one holds something else
     */
    public static CheckpointKeys inFolder(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, PublicKeyFile::isNamedSo)) {
                found.forEach(files::add);
            }
        }
        return in(files);
    }

    private static List<CheckpointKey> read(Path file) throws IOException {
        if (Files.size(file) > MAX_FILE_BYTES) {
            throw new IllegalArgumentException(file + " is too large for public keys");
        }
        List<String> lines = Files.readAllLines(file, ISO_8859_1);
        if (lines.stream().anyMatch(line -> line.startsWith("-----BEGIN "))) {
            return List.of(CheckpointKey.of(PublicKeyFile.read(file)));
        }
        List<CheckpointKey> keys = lines.stream()
                .filter(line -> !line.isBlank())
                .map(CheckpointKey::parse)
                .toList();
        if (keys.isEmpty()) {
            throw new IllegalArgumentException(file + " holds no public key");
        }
        return keys;
    }

    /**
     * Adds further keys.
     *
     * @param others the others
     * @return all of them
     */
    public CheckpointKeys and(CheckpointKeys others) {
        return new CheckpointKeys(
                Stream.concat(keys.stream(), others.keys.stream()).toList());
    }

    /**
     * Says whether there is no key.
     *
     * @return true when signatures cannot be checked
     */
    public boolean isEmpty() {
        return keys.isEmpty();
    }

    /** The key that a note was signed with, in one line as others need it; empty when it is not among these. */
    Optional<String> lineFor(SignedNote note) {
        return note.signatures().stream()
                .flatMap(signature -> keys.stream()
                        .filter(key -> key.isNamedBy(signature)
                                && key.verifies(note.checkpoint().body(), signature))
                        .map(key -> key.line(signature.name())))
                .findFirst();
    }

    /** What the signatures of a note are worth: that of the origin's own counts, others may stand beside it. */
    Worth worth(SignedNote note) {
        Worth worth = Worth.UNKNOWN;
        for (NoteSignature signature : note.signatures()) {
            for (CheckpointKey key : keys) {
                if (signature.name().equals(note.checkpoint().origin()) && key.isNamedBy(signature)) {
                    if (key.verifies(note.checkpoint().body(), signature)) {
                        return Worth.VALID;
                    }
                    worth = Worth.FORGED;
                }
            }
        }
        return worth;
    }
}
