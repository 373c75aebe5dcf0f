package io.mcpguard.core.audit;

import io.mcpguard.audit.AuditEvent;
import java.util.Optional;

/**
 * Sees the records of a journal while {@link JournalVerifier} reads it, each once, in the order of writing, without those that
 * stand where they do not belong.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface RecordVisitor {

    /**
     * Sees a record.
     *
     * @param mark which record, with the hash that was computed from its bytes
     * @param event what it says; empty when it is no audit event
     * @param file name of the file it lies in
     * @param offset where it begins there
     */
    void visit(RecordMark mark, Optional<AuditEvent> event, String file, long offset);

    /**
     * Returns somebody who does not look.
     *
     * @return a visitor that does nothing
     */
    static RecordVisitor none() {
        return (mark, event, file, offset) -> {};
    }
}
