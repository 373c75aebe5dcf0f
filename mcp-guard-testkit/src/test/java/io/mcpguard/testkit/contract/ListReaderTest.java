package io.mcpguard.testkit.contract;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditReader;
import io.mcpguard.error.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;

/** The contract over the simplest reader there is. */
class ListReaderTest extends AuditReaderContract {

    private final List<AuditEvent> kept = new ArrayList<>();

    @Override
    protected List<AuditEvent> keep(List<AuditEvent> events) {
        kept.addAll(events);
        return events;
    }

    @Override
    protected AuditReader reader() {
        // Made anew when asked for, as one that is read from a file or a table.
        return query -> List.copyOf(kept).stream()
                .map(event -> event.withLink(event.link().orElseThrow()))
                .filter(query);
    }

    @Override
    protected AuditReader unreachable() {
        return query -> {
            throw new StoreUnavailableException("there is no list", null);
        };
    }
}
