package io.mcpguard.core.checkpoint;

import io.mcpguard.core.checkpoint.NoteScanner.Piece;
import io.mcpguard.core.checkpoint.NoteScanner.Torn;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** The file in the journal's folder to which checkpoints are appended. For one thread. */
final class NoteFile {

    static final String NAME = "checkpoints.note";

    private final Path file;

    /** Whether what the file ends in is known to be the end of a note. */
    private boolean ended;

    NoteFile(Path folder) {
        this.file = folder.resolve(NAME);
    }

    /** Appends a note; returning means that it is on the disk. */
    void append(SignedNote note) throws IOException {
        if (!ended) {
            cutTorn();
        }
        ended = false;
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            ByteBuffer block = ByteBuffer.wrap(note.block());
            while (block.hasRemaining()) {
                channel.write(block);
            }
            channel.force(false);
        }
        ended = true;
    }

    /** Takes away the beginning of a note that a kill or a full disk has left. */
    private void cutTorn() throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        try (NoteScanner scanner = new NoteScanner(file)) {
            for (Optional<Piece> piece = scanner.next(); piece.isPresent(); piece = scanner.next()) {
                if (piece.get() instanceof Torn torn) {
                    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                        channel.truncate(torn.offset());
                    }
                }
            }
        }
    }
}
