package io.mcpguard.jaxrs.entry;

import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.Channel;
import io.mcpguard.core.door.PresentedHeaders;
import io.mcpguard.core.door.RestCall;
import io.mcpguard.core.guard.DecidedCall;
import io.mcpguard.core.guard.Guard;
import io.mcpguard.core.guard.Recognition;
import io.mcpguard.core.guard.Refusal;
import io.mcpguard.core.guard.RequestFacts;
import io.mcpguard.core.inner.InnerCall;
import io.mcpguard.core.inner.InnerCalls;
import io.mcpguard.credential.AuthContext;
import io.mcpguard.decision.Decision.Deny;
import io.mcpguard.decision.Reason;
import io.mcpguard.invocation.CallOrigin;
import io.mcpguard.invocation.HttpField;
import io.mcpguard.invocation.OperationCall;
import io.mcpguard.jaxrs.exchange.FilteredRequest;
import io.mcpguard.jaxrs.exchange.GuardSecurity;
import io.mcpguard.jaxrs.exchange.ProblemAnswer;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The first filter of the service, before a resource is chosen. Sends every request to its door: the guard's own inner calls, the
 * MCP endpoint, or REST.
 */
@PreMatching
@Priority(Integer.MIN_VALUE)
public final class EntryFilter implements ContainerRequestFilter {

    private final Doors doors;

    EntryFilter(Doors doors) {
        this.doors = doors;
    }

    @Override
    public void filter(ContainerRequestContext context) throws IOException {
        FilteredRequest request = new FilteredRequest(context);
        List<String> nonces = request.header(InnerCalls.HEADER);
        List<String> entries = request.header(Doors.ENTRY_HEADER);
        request.hide(InnerCalls.HEADER, Doors.ENTRY_HEADER);
        boolean toMcp = request.rawPath().equals(doors.mcpPath());
        if (!nonces.isEmpty()) {
            enterInner(nonces, toMcp, request);
            return;
        }
        CallOrigin origin = doors.origin(context);
        context.setProperty(Doors.ORIGIN, origin);
        if (!entries.isEmpty()) {
            // Nobody but this filter writes it.
            refuse(request, origin, toMcp, "entry-header-foreign");
        } else if (toMcp) {
            enterMcp(request, origin);
        } else if (isForMetadata(request)) {
            request.context().abortWith(metadata(request));
        } else {
            enterRest(request, origin);
        }
    }

    /** The one route of the guard that needs no credential: where to get a token (RFC 9728). */
    private boolean isForMetadata(FilteredRequest request) {
        String base = request.context().getUriInfo().getBaseUri().getRawPath();
        String below = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        return doors.resource()
                .filter(resource -> resource.isAskedFor(request.rawPath(), below))
                .isPresent();
    }

    private Response metadata(FilteredRequest request) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return Response.status(Response.Status.METHOD_NOT_ALLOWED)
                    .header("Allow", "GET, HEAD")
                    .build();
        }
        return Response.ok(doors.resource().orElseThrow().document())
                .header("Content-Type", "application/json")
                .header("Access-Control-Allow-Origin", "*")
                .header("Cache-Control", "public, max-age=300")
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }

    private void refuse(FilteredRequest request, CallOrigin origin, boolean toMcp, String detail) {
        RequestFacts facts = request.facts(toMcp ? Channel.MCP : Channel.REST, doors.frontage(), origin, doors.clock());
        answer(request, doors.guard().refuse(facts, new Deny(Reason.REQUEST_MALFORMED, detail)));
    }

    private void enterInner(List<String> nonces, boolean toMcp, FilteredRequest request) {
        Optional<InnerCall<ContainerRequestContext>> claimed =
                nonces.size() == 1 ? doors.calls().claim(nonces.get(0)) : Optional.empty();
        if (claimed.isPresent() && claimed.get().tap().isPresent()) {
            claimed.get().tap().get().entered(request.context());
            request.context().abortWith(Response.noContent().build());
            return;
        }
        // A call that reaches the MCP endpoint again would go round for ever.
        Optional<OperationCall> inner = claimed.map(InnerCall::call)
                .filter(call -> !toMcp
                        && call.method().equals(request.method())
                        && call.rawPath().equals(request.rawPath()));
        if (inner.isEmpty()) {
            refuse(request, doors.origin(request.context()), toMcp, "inner-call-not-open");
            return;
        }
        OperationCall call = inner.get();
        request.hide("Connection");
        request.context().setProperty(Doors.ORIGIN, call.origin());
        request.context().setProperty(Doors.INNER, call.callId());
        doors.catalog()
                .match(call.method(), call.rawPath())
                .ifPresent(operation ->
                        request.context().setProperty(DecidedCall.PROPERTY, new DecidedCall(call.callId(), operation)));
        call.principal()
                .ifPresent(principal -> request.context()
                        .setSecurityContext(
                                new GuardSecurity(principal, call.origin().secure())));
    }

    private void enterMcp(FilteredRequest request, CallOrigin origin) throws IOException {
        Guard guard = doors.guard();
        RequestFacts facts = request.facts(Channel.MCP, doors.frontage(), origin, doors.clock())
                .withTarget(new AuditTarget(AuditTarget.UNKNOWN, "mcp"));
        Optional<List<HttpField>> headers = request.fields();
        if (headers.isEmpty()) {
            answer(request, guard.refuse(facts, new Deny(Reason.REQUEST_MALFORMED, "header-field-invalid")));
            return;
        }
        request.hide("Cookie", PresentedHeaders.CLIENT, PresentedHeaders.PROFILE);
        Recognition recognition = guard.recognize(facts);
        McpEntry entry = new McpEntry(guard, facts, headers.get(), origin, recognition);
        if (recognition.isGuards()) {
            if (recognition.identified().isEmpty()) {
                // The endpoint says no in its own words and records it. Nothing of the service is concerned.
                doors.refuseUnidentified(entry, request.context());
                return;
            }
            request.hide(PresentedHeaders.PROVING.toArray(String[]::new));
            request.context()
                    .setSecurityContext(new GuardSecurity(
                            recognition.identified().get().caller().principal(), origin.secure()));
        }
        Recorded.set(request.context(), entry, entry::isReached);
        request.context().setProperty(Doors.ENTRY, entry);
        request.context().getHeaders().putSingle(Doors.ENTRY_HEADER, doors.waiting(entry));
    }

    private void enterRest(FilteredRequest request, CallOrigin origin) throws IOException {
        boolean key = PresentedHeaders.credential(request.header("Authorization"))
                .filter(PresentedHeaders::isGuardIssued)
                .isPresent();
        boolean profile = key || !request.header(PresentedHeaders.PROFILE).isEmpty();
        if (!profile && !doors.recordsAll()) {
            return;
        }
        RequestFacts facts = request.facts(Channel.REST, doors.frontage(), origin, doors.clock());
        RestCall call = new RestCall(
                doors.guard(), doors.catalog(), doors.arguments(), facts, request.rawPath(), profile, !profile);
        Recorded.set(request.context(), call, () -> false);
        request.context().setProperty(Doors.CALL, call);
        if (profile) {
            request.hide(PresentedHeaders.METHOD_OVERRIDES.toArray(String[]::new));
            request.hide(PresentedHeaders.CLIENT, PresentedHeaders.PROFILE);
        }
        if (!profile || !call.isGuards()) {
            return;
        }
        Optional<Refusal> refusal = call.admit(AuthContext.none(), request);
        if (refusal.isPresent()) {
            answer(request, refusal.get());
            return;
        }
        request.hide(PresentedHeaders.PROVING.toArray(String[]::new));
        call.call().ifPresent(open -> {
            request.context().setProperty(DecidedCall.PROPERTY, new DecidedCall(open.callId(), open.operation()));
            request.context().setSecurityContext(new GuardSecurity(open.caller().principal(), origin.secure()));
        });
    }

    private static void answer(FilteredRequest request, Refusal refusal) {
        request.context().abortWith(ProblemAnswer.of(refusal));
    }
}
