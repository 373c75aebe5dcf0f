package io.mcpguard.core.checkpoint;

import io.mcpguard.core.audit.JournalDamage;
import io.mcpguard.core.audit.JournalDamage.Kind;
import io.mcpguard.core.audit.JournalReport;
import io.mcpguard.core.audit.JournalVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds out whether a journal is as it was written, by its own chain and by signed checkpoints: those in its folder, and
 * copies that were kept elsewhere, which alone notice that the whole folder was put back or written anew. Needs no lock and
 * changes nothing, also while the journal is being written to.
 *
 * @since 0.1
 */
public final class CheckpointVerifier {

    private final Path folder;
    private final CheckpointKeys keys;
    private final boolean keysExpected;

    /**
     * Makes a verifier.
     *
     * @param folder the journal's folder
     * @param keys public keys that may have signed; without any, signatures are not checked
     * @param keysExpected whether a journal without a single checkpoint signed with one of the keys is damaged
     */
    public CheckpointVerifier(Path folder, CheckpointKeys keys, boolean keysExpected) {
        this.folder = folder;
        this.keys = keys;
        this.keysExpected = keysExpected;
    }

    /**
     * Reads the whole journal and every checkpoint.
     *
     * @param outside files with checkpoints that were kept elsewhere
     * @return what was found
     * @throws IOException when there is no journal, its files cannot be opened, or a file holds no checkpoint
     */
    public CheckpointReport verify(List<Path> outside) throws IOException {
        NoteChecks checks = new NoteChecks(keys);
        long kept = 0;
        for (Path file : outside) {
            NoteList list = NoteList.copy(file);
            if (!Files.exists(file) || list.notes().isEmpty()) {
                throw new NoSuchFileException(file.toString(), null, "no checkpoint there");
            }
            kept += list.notes().size();
            checks.take(list, false);
        }
        // Before the journal: what a note names has been written before it, so it must be there, whatever is written
        // now.
        NoteList own = NoteList.growing(folder);
        checks.take(own, true);
        JournalReport journal = new JournalVerifier(folder).verify(checks);
        if (checks.lacksNotes()) {
            checks.know(NoteList.growing(folder));
        }
        checks.end(journal.removedUpTo().orElse(null));
        List<JournalDamage> damages = new ArrayList<>(checks.damages);
        List<String> remarks = new ArrayList<>(checks.remarks);
        judgeKeys(own.notes().size() + kept, checks.valid(), damages, remarks);
        return new CheckpointReport(
                journal.with(damages, remarks),
                own.notes().size(),
                kept,
                checks.valid(),
                checks.latest(),
                checks.after());
    }

    private void judgeKeys(long notes, long valid, List<JournalDamage> damages, List<String> remarks) {
        if (keys.isEmpty() && notes > 0) {
            remarks.add("Signatures of checkpoints were not checked, since no public key is here: anybody could have"
                    + " written them.");
        } else if (keysExpected && valid == 0) {
            damages.add(new JournalDamage(
                    Kind.MISSING,
                    NoteFile.NAME,
                    0,
                    "",
                    0,
                    0,
                    "There is no checkpoint signed with a key that was named."));
        }
    }
}
