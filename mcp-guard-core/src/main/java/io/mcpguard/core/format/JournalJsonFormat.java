package io.mcpguard.core.format;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditFormat;
import io.mcpguard.core.audit.AuditEventJson;

/**
 * The guard's own JSON: the record as the journal has it, with its place in the chain. The one format that holds everything
 * and that {@link AuditEventJson#parse(String)} reads back. docs/audit-journal.md describes it.
 *
 * @since 0.1
 */
public final class JournalJsonFormat implements AuditFormat {

    /** Makes the format. */
    public JournalJsonFormat() {}

    @Override
    public String format(AuditEvent event) {
        return AuditEventJson.text(event);
    }

    @Override
    public String name() {
        return "json";
    }

    @Override
    public String mediaType() {
        return "application/json";
    }

    @Override
    public int maxBytes() {
        return MOST_BYTES;
    }
}
