package io.mcpguard.servlet.entry;

import io.mcpguard.core.door.Outcome;
import io.mcpguard.core.guard.Guard;
import io.mcpguard.core.guard.Identification;
import io.mcpguard.core.guard.Refusal;
import io.mcpguard.core.guard.RequestFacts;
import io.mcpguard.decision.Caller;
import io.mcpguard.invocation.HttpField;
import io.mcpguard.servlet.exchange.RecordedResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request of the MCP endpoint on its way through the service's filters: keeps what the service must not see.
 *
 * @since 0.1
 */
public final class McpEntry implements Outcome {

    private static final String ATTRIBUTE = McpEntry.class.getName();

    private final Guard guard;
    private final RequestFacts facts;
    private final List<HttpField> headers;
    private final Optional<Identification.Identified> identified;
    private volatile @Nullable RecordedResponse response;
    private volatile boolean reached;

    McpEntry(Guard guard, RequestFacts facts, List<HttpField> headers, Optional<Identification.Identified> identified) {
        this.guard = guard;
        this.facts = facts;
        this.headers = List.copyOf(headers);
        this.identified = identified;
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

    /**
     * Takes over: from here on the endpoint records what becomes of the request.
     */
    public void reach() {
        reached = true;
        RecordedResponse recorded = response;
        if (recorded != null) {
            recorded.release();
        }
    }

    /**
     * Returns the header fields as they came in, those included that the service does not see.
     *
     * @return every field line but cookies, in the container's order
     */
    public List<HttpField> headers() {
        return headers;
    }

    /**
     * Returns who was identified at the entry.
     *
     * @return the caller of a guard-issued key; empty when the service's own security is to identify
     */
    public Optional<Identification.Identified> identified() {
        return identified;
    }

    @Override
    public Optional<Refusal> started(int status) {
        return Optional.empty();
    }

    @Override
    public Optional<Refusal> ended(int status, long bytesOut) {
        if (reached) {
            return Optional.empty();
        }
        Optional<Caller> caller = identified.map(Identification.Identified::caller);
        return guard.refusedByService(facts, caller, status);
    }
}
