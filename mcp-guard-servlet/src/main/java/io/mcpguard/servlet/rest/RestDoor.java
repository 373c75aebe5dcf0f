package io.mcpguard.servlet.rest;

import io.mcpguard.audit.Channel;
import io.mcpguard.core.catalog.Catalog;
import io.mcpguard.core.catalog.PublishedOperation;
import io.mcpguard.core.door.Frontage;
import io.mcpguard.core.door.PresentedHeaders;
import io.mcpguard.core.door.RestArguments;
import io.mcpguard.core.door.RestCall;
import io.mcpguard.core.guard.DecidedCall;
import io.mcpguard.core.guard.Guard;
import io.mcpguard.core.guard.Refusal;
import io.mcpguard.core.guard.RequestFacts;
import io.mcpguard.credential.AuthContext;
import io.mcpguard.credential.Principal;
import io.mcpguard.servlet.exchange.DecidedCallAttribute;
import io.mcpguard.servlet.exchange.EnteredRequest;
import io.mcpguard.servlet.exchange.ProblemWriter;
import io.mcpguard.servlet.exchange.RecordedChain;
import io.mcpguard.servlet.exchange.RecordedResponse;
import io.mcpguard.servlet.exchange.ReplayedRequest;
import io.mcpguard.servlet.exchange.RequestReader;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Lets REST requests in.
 *
 * <p>A request with a key that the guard has issued is identified, decided, counted and on record before anything of the
 * service runs, and so is one that selects a profile with a token that a verifier of the guard knows. One that selects a profile
 * with a credential of the service's own is decided once the service has authenticated it
 * ({@link GuardGateFilter}). All others are the service's alone.
 *
 * @since 0.1
 */
public final class RestDoor {

    private final Guard guard;
    private final Catalog catalog;
    private final RestArguments arguments;
    private final RestRecording recording;
    private final int maxHeldBytes;
    private final Frontage frontage;
    private final InstantSource clock;

    /**
     * Makes the door.
     *
     * @param guard decides and records
     * @param catalog what the service publishes
     * @param arguments masks what the trail keeps
     * @param recording which requests leave a record
     * @param maxHeldBytes how much of an answer waits in memory for its record
     * @param frontage what stands in front of the service
     * @param clock the time
     */
    public RestDoor(
            Guard guard,
            Catalog catalog,
            RestArguments arguments,
            RestRecording recording,
            int maxHeldBytes,
            Frontage frontage,
            InstantSource clock) {
        this.guard = guard;
        this.catalog = catalog;
        this.arguments = arguments;
        this.recording = recording;
        this.maxHeldBytes = maxHeldBytes;
        this.frontage = frontage;
        this.clock = clock;
    }

    /**
     * Takes a request through the service's filters.
     *
     * @param request the request as it came in
     * @param response its response
     * @param chain the service
     * @throws IOException as the service does
     * @throws ServletException as the service does
     */
    public void enter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean key = RequestReader.credential(request)
                .filter(PresentedHeaders::isGuardIssued)
                .isPresent();
        boolean profile = key || request.getHeader(PresentedHeaders.PROFILE) != null;
        if (!profile && recording != RestRecording.ALL) {
            chain.doFilter(request, response);
            return;
        }
        RequestFacts facts = RequestReader.facts(Channel.REST, frontage, request, clock);
        RestCall exchange = new RestCall(guard, catalog, arguments, facts, request.getRequestURI(), profile, !profile);
        EnteredRequest.Builder entered = EnteredRequest.of(request);
        if (profile) {
            entered.hiding(PresentedHeaders.METHOD_OVERRIDES.toArray(String[]::new))
                    .hiding(PresentedHeaders.CLIENT, PresentedHeaders.PROFILE);
        }
        if (profile && exchange.isGuards()) {
            Optional<Refusal> refusal = admit(exchange, AuthContext.none(), request);
            if (refusal.isPresent()) {
                ProblemWriter.write(refusal.get(), response);
                return;
            }
            Principal principal =
                    exchange.call().map(call -> call.caller().principal()).orElseThrow();
            entered.hiding(PresentedHeaders.PROVING.toArray(String[]::new)).as(principal);
        }
        RecordedResponse recorded = new RecordedResponse(response, exchange, maxHeldBytes);
        RestCallAttribute.set(request, exchange);
        HttpServletRequest seen = entered.answeredBy(recorded).build();
        RecordedChain.follow(
                exchange.body()
                        .<HttpServletRequest>map(body -> new ReplayedRequest(seen, body))
                        .orElse(seen),
                recorded,
                chain);
    }

    /**
     * Finds the operation that a request means.
     *
     * @param method HTTP method in upper case
     * @param rawPath percent-encoded path from the root of the host
     * @return the operation, or empty when there is none
     */
    public Optional<PublishedOperation> operation(String method, String rawPath) {
        return catalog.match(method, rawPath);
    }

    /**
     * Identifies, decides, reserves and records the intent.
     *
     * @return empty when the request may go on, else what to answer
     */
    private static Optional<Refusal> admit(RestCall call, AuthContext host, HttpServletRequest request)
            throws IOException {
        Optional<Refusal> refusal = call.admit(host, new ServletRestRequest(request));
        note(call, request);
        return refusal;
    }

    /** Lets the framework behind see what was decided. */
    static void note(RestCall call, HttpServletRequest request) {
        call.call()
                .ifPresent(open -> DecidedCallAttribute.set(request, new DecidedCall(open.callId(), open.operation())));
    }
}
