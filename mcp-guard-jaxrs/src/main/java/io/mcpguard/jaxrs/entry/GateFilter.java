package io.mcpguard.jaxrs.entry;

import io.mcpguard.core.door.RestCall;
import io.mcpguard.core.guard.DecidedCall;
import io.mcpguard.core.guard.Refusal;
import io.mcpguard.credential.AuthContext;
import io.mcpguard.jaxrs.exchange.FilteredRequest;
import io.mcpguard.jaxrs.exchange.ProblemAnswer;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stands behind the service's authentication and before its authorization: decides REST requests that select a profile with a
 * credential of the service's own, and takes note of who the service has established for the MCP endpoint.
 */
public final class GateFilter implements ContainerRequestFilter {

    private final Doors doors;

    @Context
    private @Nullable ResourceInfo resource;

    GateFilter(Doors doors) {
        this.doors = doors;
    }

    @Override
    public void filter(ContainerRequestContext context) throws IOException {
        if (context.getProperty(Doors.ENTRY) instanceof McpEntry entry) {
            if (!entry.recognition().isGuards()) {
                AuthContext host = doors.host(context);
                if (host.principal().isEmpty()) {
                    doors.refuseUnidentified(entry, context);
                } else {
                    entry.establishedBy(host);
                }
            }
        } else if (context.getProperty(Doors.CALL) instanceof RestCall call) {
            pass(call, context);
        } else if (context.getProperty(Doors.INNER) != null && isDiverted(context)) {
            // The outer call records what becomes of it.
            context.abortWith(Response.status(Response.Status.NOT_FOUND).build());
        }
    }

    private void pass(RestCall call, ContainerRequestContext context) throws IOException {
        FilteredRequest request = new FilteredRequest(context);
        boolean before = call.decided();
        Optional<Refusal> refusal = before && isDiverted(context)
                ? call.diverted("request-rewritten-by-service")
                : call.pass(() -> doors.host(context), request);
        if (refusal.isPresent()) {
            context.abortWith(ProblemAnswer.of(refusal.get()));
        } else if (!before) {
            call.call()
                    .ifPresent(open -> context.setProperty(
                            DecidedCall.PROPERTY, new DecidedCall(open.callId(), open.operation())));
        }
        if (refusal.isEmpty() && call.call().isPresent() && OngoingAnswer.isUnseen(resource)) {
            Recorded.of(context.getProperty(Recorded.property()))
                    .flatMap(recorded -> recorded.startsWith(Response.Status.OK.getStatusCode()))
                    .ifPresent(unrecorded -> context.abortWith(ProblemAnswer.of(unrecorded)));
        }
    }

    /** A filter of the service may have set another method or path, which are those that a resource is chosen by. */
    private boolean isDiverted(ContainerRequestContext context) {
        FilteredRequest request = new FilteredRequest(context);
        return context.getProperty(DecidedCall.PROPERTY) instanceof DecidedCall decided
                && doors.catalog()
                        .match(request.method(), request.rawPath())
                        .filter(found -> found.id().equals(decided.operation().id()))
                        .isEmpty();
    }
}
