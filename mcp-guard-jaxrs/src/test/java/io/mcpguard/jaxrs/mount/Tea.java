package io.mcpguard.jaxrs.mount;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Response;

/** A filter of the service that turns away what asks for tea. */
public final class Tea implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        if ("tea".equals(request.getHeaderString("X-Trace"))) {
            request.abortWith(
                    Response.status(418).entity("teapot").type("text/plain").build());
        }
    }
}
