package io.mcpguard.jaxrs.servlet;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Filters of the service: they see every request, and turn away what asks for tea. */
public final class ServiceFilter implements ContainerRequestFilter, ContainerResponseFilter {

    public static final List<String> SEEN = new CopyOnWriteArrayList<>();

    @Override
    public void filter(ContainerRequestContext request) {
        SEEN.add(
                request.getMethod() + " " + request.getUriInfo().getRequestUri().getPath());
        if ("tea".equals(request.getHeaderString("X-Trace"))) {
            request.abortWith(
                    Response.status(418).entity("teapot").type("text/plain").build());
        }
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        response.getHeaders().putSingle("X-Service", "seen");
    }
}
