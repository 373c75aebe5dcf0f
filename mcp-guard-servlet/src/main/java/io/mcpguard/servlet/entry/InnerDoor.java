package io.mcpguard.servlet.entry;

import io.mcpguard.audit.Channel;
import io.mcpguard.core.door.Frontage;
import io.mcpguard.core.guard.DecidedCall;
import io.mcpguard.core.guard.Guard;
import io.mcpguard.core.inner.InnerCall;
import io.mcpguard.core.inner.InnerCalls;
import io.mcpguard.decision.Decision.Deny;
import io.mcpguard.decision.Reason;
import io.mcpguard.invocation.OperationCall;
import io.mcpguard.servlet.exchange.DecidedCallAttribute;
import io.mcpguard.servlet.exchange.EnteredRequest;
import io.mcpguard.servlet.exchange.InnerCallAttribute;
import io.mcpguard.servlet.exchange.ProblemWriter;
import io.mcpguard.servlet.exchange.RequestReader;
import io.mcpguard.servlet.rest.RestDoor;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Lets in the requests that the guard itself has sent, as requests of the caller they are made for. */
final class InnerDoor {

    private final Guard guard;
    private final InnerCalls<HttpServletRequest> calls;
    private final RestDoor rest;
    private final Frontage frontage;
    private final InstantSource clock;

    InnerDoor(
            Guard guard, InnerCalls<HttpServletRequest> calls, RestDoor rest, Frontage frontage, InstantSource clock) {
        this.guard = guard;
        this.calls = calls;
        this.rest = rest;
        this.frontage = frontage;
        this.clock = clock;
    }

    void enter(
            List<String> nonces,
            boolean mcp,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain)
            throws IOException, ServletException {
        Optional<InnerCall<HttpServletRequest>> claimed =
                nonces.size() == 1 ? calls.claim(nonces.get(0)) : Optional.empty();
        // A call that reaches the MCP endpoint again would go round for ever.
        Optional<InnerCall<HttpServletRequest>> inner =
                claimed.filter(call -> !mcp && carriesOut(call.call(), request));
        if (inner.isEmpty()) {
            ProblemWriter.write(
                    guard.refuse(
                            RequestReader.facts(mcp ? Channel.MCP : Channel.REST, frontage, request, clock),
                            new Deny(Reason.REQUEST_MALFORMED, "inner-call-not-open")),
                    response);
            return;
        }
        OperationCall call = inner.get().call();
        EnteredRequest.Builder entered = EnteredRequest.of(request)
                .hiding(InnerCalls.HEADER, "Connection")
                .from(call.origin());
        call.principal().ifPresent(entered::as);
        InnerCallAttribute.set(request, inner.get());
        if (inner.get().tap().isEmpty()) {
            rest.operation(call.method(), call.rawPath())
                    .ifPresent(
                            operation -> DecidedCallAttribute.set(request, new DecidedCall(call.callId(), operation)));
            chain.doFilter(entered.build(), response);
        } else {
            Watched.follow(inner.get().tap().get(), entered.build(), response, chain);
        }
    }

    private static boolean carriesOut(OperationCall call, HttpServletRequest request) {
        return call.method().equals(request.getMethod()) && call.rawPath().equals(request.getRequestURI());
    }
}
