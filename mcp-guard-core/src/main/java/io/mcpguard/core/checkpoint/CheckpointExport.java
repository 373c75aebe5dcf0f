package io.mcpguard.core.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mcpguard.core.checkpoint.NoteScanner.Found;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Copies of checkpoints with the public keys that verify them, to be kept where nobody who can write to the journal can write.
 *
 * @since 0.1
 */
public final class CheckpointExport {

    private final List<SignedNote> notes;
    private final CheckpointKeys keys;

    private CheckpointExport(List<SignedNote> notes, CheckpointKeys keys) {
        this.notes = notes;
        this.keys = keys;
    }

    /**
     * Reads the checkpoints of a journal, also while it is being written to.
     *
     * @param journal the journal's folder
     * @param keys public keys that may have signed them
     * @param all whether to take every one, and not the latest only
     * @return what to keep
     * @throws NoSuchFileException when the journal has no checkpoint
     * @throws IOException when it cannot be read
     */
    public static CheckpointExport of(Path journal, CheckpointKeys keys, boolean all) throws IOException {
        List<SignedNote> notes =
                NoteList.growing(journal).notes().stream().map(Found::note).toList();
        if (notes.isEmpty()) {
            throw new NoSuchFileException(journal.resolve(NoteFile.NAME).toString());
        }
        return new CheckpointExport(all ? notes : notes.subList(notes.size() - 1, notes.size()), keys);
    }

    /**
     * Returns the last of the checkpoints.
     *
     * @return which one it is
     */
    public Checkpoint latest() {
        return notes.get(notes.size() - 1).checkpoint();
    }

    /**
     * Returns how many checkpoints there are.
     *
     * @return at least 1
     */
    public int size() {
        return notes.size();
    }

    /**
     * Returns the checkpoints.
     *
     * @return signed notes in UTF-8, each followed by an empty line
     */
    public byte[] notes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        notes.forEach(note -> bytes.writeBytes(note.block()));
        return bytes.toByteArray();
    }

    /**
     * Returns the public keys that the checkpoints are signed with.
     *
     * @return a line for each key and name; empty when one of the checkpoints cannot be verified with any
     */
    public Optional<byte[]> publicKeys() {
        Set<String> lines = new TreeSet<>();
        for (SignedNote note : notes) {
            Optional<String> line = keys.lineFor(note);
            if (line.isEmpty()) {
                return Optional.empty();
            }
            lines.add(line.get());
        }
        return Optional.of((String.join("\n", lines) + "\n").getBytes(UTF_8));
    }
}
