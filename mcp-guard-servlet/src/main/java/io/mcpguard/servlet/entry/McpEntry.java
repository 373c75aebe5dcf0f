package io.mcpguard.servlet.entry;

import io.mcpguard.core.door.McpPassage;
import io.mcpguard.core.guard.Guard;
import io.mcpguard.core.guard.Recognition;
import io.mcpguard.core.guard.RequestFacts;
import io.mcpguard.invocation.HttpField;
import io.mcpguard.servlet.exchange.RecordedResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request of the MCP endpoint on its way through the service's filters, found again by an attribute.
 *
 * @since 0.1
 */
public final class McpEntry extends McpPassage {

    private static final String ATTRIBUTE = McpEntry.class.getName();

    private volatile @Nullable RecordedResponse response;

    McpEntry(Guard guard, RequestFacts facts, List<HttpField> headers, Recognition recognition) {
        super(guard, facts, headers, recognition);
    }

    /**
     * Finds the entry of a request.
     *
     * @param request a request of the MCP endpoint
     * @return its entry, or empty when it did not come through the first filter
     */
    public static Optional<McpEntry> of(HttpServletRequest request) {
        return Optional.ofNullable((McpEntry) request.getAttribute(ATTRIBUTE));
    }

    void attachTo(HttpServletRequest request, RecordedResponse recorded) {
        response = recorded;
        request.setAttribute(ATTRIBUTE, this);
    }

    @Override
    public void reach() {
        super.reach();
        RecordedResponse recorded = response;
        if (recorded != null) {
            recorded.release();
        }
    }
}
