package io.mcpguard.jaxrs.entry;

import io.mcpguard.core.door.McpPassage;
import io.mcpguard.core.guard.Guard;
import io.mcpguard.core.guard.Recognition;
import io.mcpguard.core.guard.RequestFacts;
import io.mcpguard.core.protocol.McpRequest;
import io.mcpguard.credential.AuthContext;
import io.mcpguard.credential.Principal;
import io.mcpguard.invocation.CallOrigin;
import io.mcpguard.invocation.HttpField;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** One request of the MCP endpoint on its way through the service's filters, found again by a name. */
final class McpEntry extends McpPassage {

    private final CallOrigin origin;
    private final String name = UUID.randomUUID().toString();
    private volatile Optional<Principal> host = Optional.empty();

    McpEntry(Guard guard, RequestFacts facts, List<HttpField> headers, CallOrigin origin, Recognition recognition) {
        super(guard, facts, headers, recognition);
        this.origin = origin;
    }

    /** What the resource asks for it by; only this process knows it. */
    String name() {
        return name;
    }

    void establishedBy(AuthContext context) {
        host = context.principal();
    }

    /** Takes over with the message that has been read. */
    McpRequest reach(byte[] body) {
        reach();
        Optional<Principal> known = host;
        return new McpRequest(
                facts().method(),
                headers(),
                body,
                origin,
                () -> known,
                facts().presentation(),
                Optional.of(recognition()));
    }
}
