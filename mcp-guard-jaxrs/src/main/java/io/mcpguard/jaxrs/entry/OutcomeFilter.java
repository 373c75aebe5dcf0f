package io.mcpguard.jaxrs.entry;

import io.mcpguard.core.guard.Refusal;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Providers;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The last filter of a response: an answer without a body is recorded here, one with a body where it is written. */
@Priority(Integer.MIN_VALUE)
public final class OutcomeFilter implements ContainerResponseFilter {

    private final Doors doors;
    private final int maxHeldBytes;

    @Context
    private @Nullable Providers providers;

    OutcomeFilter(Doors doors, int maxHeldBytes) {
        this.doors = doors;
        this.maxHeldBytes = maxHeldBytes;
    }

    /** A filter of the service does not know where clients of MCP find its metadata; its other challenges stand. */
    private static void challenge(McpEntry entry, ContainerResponseContext response) {
        List<String> challenges = entry.challenges(response.getStatus());
        if (!challenges.isEmpty()) {
            List<Object> lines = new ArrayList<>(challenges);
            response.getHeaders().getOrDefault(HttpHeaders.WWW_AUTHENTICATE, List.of()).stream()
                    .filter(known ->
                            !String.valueOf(known).toLowerCase(Locale.ROOT).matches("(bearer|dpop)\\b.*"))
                    .forEach(lines::add);
            response.getHeaders().put(HttpHeaders.WWW_AUTHENTICATE, lines);
        }
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) throws IOException {
        doors.forget(request.getProperty(Doors.ENTRY));
        Optional<Recorded> recorded = Recorded.of(request.getProperty(Recorded.property()));
        if (recorded.isEmpty()) {
            return;
        }
        if (request.getProperty(Doors.ENTRY) instanceof McpEntry entry) {
            challenge(entry, response);
        }
        recorded.get().answeredBy(response);
        if (response.hasEntity() && !request.getMethod().equals("HEAD")) {
            if (!OutcomeInterceptor.isPossible() && !recorded.get().isOver()) {
                RecordedEntity.in(
                        response,
                        recorded.get(),
                        maxHeldBytes,
                        Objects.requireNonNull(providers, "JAX-RS injects its providers"));
            }
            return;
        }
        if (OngoingAnswer.isUnseen(response)) {
            if (recorded.get().unfollowed().isPresent()) {
                // Of RESTEasy's own kinds of streams. Whatever else is done here, the elements would follow it.
                throw new IOException("the record of a stream could not be written, so that the stream does not begin");
            }
            return;
        }
        Optional<Refusal> refusal = recorded.get().ended(0);
        refusal.ifPresent(
                said -> response.setEntity(said.problem(), new Annotation[0], MediaType.valueOf(Refusal.PROBLEM_TYPE)));
    }
}
