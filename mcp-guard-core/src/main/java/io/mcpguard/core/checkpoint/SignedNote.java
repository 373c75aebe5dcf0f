package io.mcpguard.core.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A checkpoint with its signature, in the form of a signed note (c2sp.org/signed-note). Others may add their signatures.
 *
 * @param checkpoint what is signed
 * @param signatures one or more
 */
record SignedNote(Checkpoint checkpoint, List<NoteSignature> signatures) {

    SignedNote {
        signatures = List.copyOf(signatures);
        if (signatures.isEmpty()) {
            throw new IllegalArgumentException("a signed note has a signature");
        }
    }

    /** The note as lines, each with its end; no empty line after the last one. */
    String text() {
        StringBuilder text = new StringBuilder(checkpoint.body()).append('\n');
        signatures.forEach(signature -> text.append(signature.line()));
        return text.toString();
    }

    /** The note for a file that holds several: each is followed by an empty line. */
    byte[] block() {
        return (text() + "\n").getBytes(UTF_8);
    }

    /** Reads a note from its lines, with the empty one in the middle; empty when it is none. */
    static Optional<SignedNote> parse(List<String> lines) {
        if (lines.size() < Checkpoint.LINES + 2 || !lines.get(Checkpoint.LINES).isEmpty()) {
            return Optional.empty();
        }
        List<NoteSignature> signatures = new ArrayList<>();
        for (String line : lines.subList(Checkpoint.LINES + 1, lines.size())) {
            Optional<NoteSignature> signature = NoteSignature.parse(line);
            if (signature.isEmpty()) {
                return Optional.empty();
            }
            signatures.add(signature.get());
        }
        try {
            SignedNote note = new SignedNote(Checkpoint.parse(lines.subList(0, Checkpoint.LINES)), signatures);
            return note.text().equals(String.join("\n", lines) + "\n") ? Optional.of(note) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
