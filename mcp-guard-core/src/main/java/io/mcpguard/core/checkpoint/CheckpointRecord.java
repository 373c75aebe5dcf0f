package io.mcpguard.core.checkpoint;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.core.audit.SelfNotice;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A checkpoint as a record of the journal that it is of, so that whoever gets the records gets the checkpoints too. */
final class CheckpointRecord {

    static final String METHOD = "checkpoint";

    private static final String ORIGIN = "/origin";
    private static final String CHAIN = "/chain";
    private static final String SEQUENCE = "/sequence";
    private static final String HASH = "/hash";
    private static final String TIME = "/time";
    private static final String KEY = "/key";
    private static final String SIGNATURE = "/signature";

    private CheckpointRecord() {}

    static AuditEvent of(SignedNote note, String keyId, UUID id) {
        Checkpoint checkpoint = note.checkpoint();
        List<String> lines = checkpoint.body().lines().toList();
        return SelfNotice.of(
                        METHOD,
                        new AuditTarget("journal", checkpoint.mark().chain()),
                        Map.of(
                                ORIGIN, lines.get(0),
                                CHAIN, lines.get(1),
                                SEQUENCE, lines.get(2),
                                HASH, lines.get(3),
                                TIME, lines.get(4),
                                KEY, keyId,
                                SIGNATURE, note.signatures().get(0).base64()))
                .event(id, checkpoint.time());
    }

    /** The note that a record holds, letter by letter; empty when the record holds none. */
    static Optional<SignedNote> read(AuditEvent event) {
        if (!isOne(event)) {
            return Optional.empty();
        }
        Map<String, String> said = event.arguments();
        try {
            Checkpoint checkpoint = Checkpoint.parse(List.of(
                    said.getOrDefault(ORIGIN, ""),
                    said.getOrDefault(CHAIN, ""),
                    said.getOrDefault(SEQUENCE, ""),
                    said.getOrDefault(HASH, ""),
                    said.getOrDefault(TIME, "")));
            NoteSignature signature = new NoteSignature(checkpoint.origin(), said.getOrDefault(SIGNATURE, ""));
            return Optional.of(new SignedNote(checkpoint, List.of(signature)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static boolean isOne(AuditEvent event) {
        return SelfNotice.is(event, METHOD);
    }
}
