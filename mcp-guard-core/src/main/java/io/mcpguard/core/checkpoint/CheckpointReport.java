package io.mcpguard.core.checkpoint;

import io.mcpguard.core.audit.JournalReport;
import java.util.Objects;
import java.util.Optional;

/**
 * What {@link CheckpointVerifier} found.
 *
 * @param journal everything about the journal, with what its checkpoints say
 * @param checkpoints how many the journal's own file holds
 * @param outside how many were compared that had been kept elsewhere
 * @param verified how many of both carry a signature that a known key verifies
 * @param latest the latest of the journal's own
 * @param recordsAfter how many records were written since; nothing but a later checkpoint will prove them
 * @since 0.1
 */
public record CheckpointReport(
        JournalReport journal,
        long checkpoints,
        long outside,
        long verified,
        Optional<Checkpoint> latest,
        long recordsAfter) {

    public CheckpointReport {
        Objects.requireNonNull(journal, "journal");
        Objects.requireNonNull(latest, "latest");
    }
}
