package io.mcpguard.core.checkpoint;

import io.mcpguard.core.audit.JournalDamage;
import io.mcpguard.core.audit.JournalDamage.Kind;
import io.mcpguard.core.checkpoint.NoteScanner.Found;
import io.mcpguard.core.checkpoint.NoteScanner.Garbage;
import io.mcpguard.core.checkpoint.NoteScanner.Piece;
import io.mcpguard.core.checkpoint.NoteScanner.Torn;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The notes of one file, and what is wrong with the file itself.
 *
 * @param label how damages name the file
 * @param notes the notes in it
 * @param damages bytes that are no note
 * @param remarks what is no damage
 */
record NoteList(String label, List<Found> notes, List<JournalDamage> damages, List<String> remarks) {

    /** Reads the file that a journal's process appends to; it need not be there, and may end in half a note. */
    static NoteList growing(Path folder) throws IOException {
        return read(folder.resolve(NoteFile.NAME), NoteFile.NAME, true);
    }

    /** Reads a copy, which is whole or not at all. */
    static NoteList copy(Path file) throws IOException {
        return read(file, file.toString(), false);
    }

    private static NoteList read(Path file, String label, boolean growing) throws IOException {
        NoteList list = new NoteList(label, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        try (NoteScanner scanner = new NoteScanner(file)) {
            for (Optional<Piece> piece = scanner.next(); piece.isPresent(); piece = scanner.next()) {
                list.take(piece.get(), growing);
            }
        } catch (NoSuchFileException e) {
            return list;
        }
        return list;
    }

    private void take(Piece piece, boolean growing) {
        if (piece instanceof Found found) {
            notes.add(found);
        } else if (piece instanceof Garbage garbage) {
            noCheckpoint(garbage.offset(), garbage.length());
        } else if (piece instanceof Torn torn && !growing) {
            noCheckpoint(torn.offset(), torn.length());
        } else if (piece instanceof Torn torn) {
            remarks.add(label + " ends in " + torn.length()
                    + " bytes of a checkpoint: it is being written, or the process was killed.");
        }
    }

    private void noCheckpoint(long offset, long length) {
        damages.add(new JournalDamage(Kind.EDITED, label, offset, "", 0, 0, length + " bytes are no checkpoint."));
    }
}
