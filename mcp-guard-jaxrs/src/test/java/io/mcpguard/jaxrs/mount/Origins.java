package io.mcpguard.jaxrs.mount;

import io.mcpguard.invocation.CallOrigin;
import io.mcpguard.jaxrs.JaxrsMount;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A filter of the service that looks at where callers are. */
public final class Origins implements ContainerRequestFilter {

    /** Where a caller is, and whether JAX-RS calls its connection secure. */
    public record Seen(CallOrigin origin, boolean secure) {}

    private final List<Seen> seen = new CopyOnWriteArrayList<>();

    List<Seen> seen() {
        return List.copyOf(seen);
    }

    @Override
    public void filter(ContainerRequestContext request) {
        seen.add(new Seen(
                (CallOrigin) request.getProperty(JaxrsMount.ORIGIN),
                request.getSecurityContext().isSecure()));
    }
}
