package io.mcpguard.jaxrs.mount;

import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;

/** Filters of the service that fail, the one of a response as late as any can, when asked to. */
@Priority(1)
public final class Failing implements ContainerRequestFilter, ContainerResponseFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        if ("fail-before".equals(request.getHeaderString("X-Trace"))) {
            throw new IllegalStateException("a secret of a filter");
        }
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if ("fail-behind".equals(request.getHeaderString("X-Trace")) && response.getStatus() < 300) {
            throw new IllegalStateException("a secret of a filter");
        }
    }
}
