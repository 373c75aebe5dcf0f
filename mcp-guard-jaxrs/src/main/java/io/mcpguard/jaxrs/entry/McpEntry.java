package io.mcpguard.jaxrs.entry;

import io.mcpguard.core.door.Outcome;
import io.mcpguard.core.guard.Guard;
import io.mcpguard.core.guard.Identification;
import io.mcpguard.core.guard.Refusal;
import io.mcpguard.core.guard.RequestFacts;
import io.mcpguard.core.protocol.McpRequest;
import io.mcpguard.credential.AuthContext;
import io.mcpguard.credential.Principal;
import io.mcpguard.decision.Caller;
import io.mcpguard.invocation.CallOrigin;
import io.mcpguard.invocation.HttpField;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** One request of the MCP endpoint on its way through the service's filters: keeps what the service must not see. */
final class McpEntry implements Outcome {

    private final Guard guard;
    private final RequestFacts facts;
    private final List<HttpField> headers;
    private final CallOrigin origin;
    private final Optional<Identification.Identified> identified;
    private final String name = UUID.randomUUID().toString();
    private volatile Optional<Principal> host = Optional.empty();
    private volatile boolean reached;

    McpEntry(
            Guard guard,
            RequestFacts facts,
            List<HttpField> headers,
            CallOrigin origin,
            Optional<Identification.Identified> identified) {
        this.guard = guard;
        this.facts = facts;
        this.headers = List.copyOf(headers);
        this.origin = origin;
        this.identified = identified;
    }

    /** What the resource asks for it by; only this process knows it. */
    String name() {
        return name;
    }

    Optional<Identification.Identified> identified() {
        return identified;
    }

    void establishedBy(AuthContext context) {
        host = context.principal();
    }

    /** Takes over: from here on the endpoint records what becomes of the request. */
    McpRequest reach(byte[] body) {
        reached = true;
        Optional<Principal> known = host;
        return new McpRequest(facts.method(), headers, body, origin, () -> known, identified);
    }

    /** An answer of the endpoint leaves as it is made. */
    boolean isReached() {
        return reached;
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
