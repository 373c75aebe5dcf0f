package io.mcpguard.jaxrs.mount;

import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;

/** A filter of the service that turns one request into another. */
@PreMatching
@Priority(1)
public final class Rewriting implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        String trace = request.getHeaderString("X-Trace");
        if ("to-purge".equals(trace)) {
            request.setRequestUri(request.getUriInfo().getBaseUri().resolve("items/purge"));
        } else if ("to-delete".equals(trace)) {
            request.setMethod("DELETE");
        }
    }
}
