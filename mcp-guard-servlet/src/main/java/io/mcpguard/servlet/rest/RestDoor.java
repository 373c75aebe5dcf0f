package io.mcpguard.servlet.rest;

import io.mcpguard.audit.Channel;
import io.mcpguard.core.catalog.Catalog;
import io.mcpguard.core.catalog.PublishedOperation;
import io.mcpguard.core.guard.DecidedCall;
import io.mcpguard.core.guard.Guard;
import io.mcpguard.core.guard.GuardedCall;
import io.mcpguard.core.guard.Identification;
import io.mcpguard.core.guard.Opening;
import io.mcpguard.core.guard.Refusal;
import io.mcpguard.core.guard.RequestFacts;
import io.mcpguard.credential.AuthContext;
import io.mcpguard.credential.Principal;
import io.mcpguard.decision.Caller;
import io.mcpguard.decision.Decision.Deny;
import io.mcpguard.decision.Reason;
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
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets REST requests in.
 *
 * <p>A request with a key that the guard has issued is identified, decided, counted and on record before anything of the
 * service runs. One with a credential of the service's own is decided once the service has authenticated it
 * ({@link GuardGateFilter}). All others are the service's alone.
 *
 * @since 0.1
 */
public final class RestDoor {

    private static final Logger LOG = LoggerFactory.getLogger(RestDoor.class);

    private static final int MAX_READ_AHEAD_BYTES = 1 << 20;

    /** Headers by which a filter of the service might take one operation for another. */
    private static final String[] METHOD_OVERRIDES = {
        "X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override", "X-Original-URL", "X-Rewrite-URL"
    };

    private final Guard guard;
    private final Catalog catalog;
    private final RestArguments arguments;
    private final RestRecording recording;
    private final int maxHeldBytes;
    private final InstantSource clock;

    /**
     * Makes the door.
     *
     * @param guard decides and records
     * @param catalog what the service publishes
     * @param arguments masks what the trail keeps
     * @param recording which requests leave a record
     * @param maxHeldBytes how much of an answer waits in memory for its record
     * @param clock the time
     */
    public RestDoor(
            Guard guard,
            Catalog catalog,
            RestArguments arguments,
            RestRecording recording,
            int maxHeldBytes,
            InstantSource clock) {
        this.guard = guard;
        this.catalog = catalog;
        this.arguments = arguments;
        this.recording = recording;
        this.maxHeldBytes = maxHeldBytes;
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
        boolean key = presentsKey(request);
        boolean profile = key || request.getHeader(RequestReader.PROFILE_HEADER) != null;
        if (!profile && recording != RestRecording.ALL) {
            chain.doFilter(request, response);
            return;
        }
        RequestFacts facts = RequestReader.facts(Channel.REST, request, clock);
        Optional<PublishedOperation> operation = catalog.match(request.getMethod(), request.getRequestURI());
        RequestFacts targeted = operation
                .map(meant -> facts.withTarget(GuardedCall.targetOf(meant)))
                .orElse(facts);
        RestExchange exchange = new RestExchange(guard, targeted, profile, !profile);
        EnteredRequest.Builder entered = EnteredRequest.of(request);
        if (profile) {
            entered.hiding(METHOD_OVERRIDES).hiding(RequestReader.CLIENT_HEADER, RequestReader.PROFILE_HEADER);
        }
        if (key) {
            Optional<Refusal> refusal = admit(exchange, AuthContext.none(), request, operation);
            if (refusal.isPresent()) {
                ProblemWriter.write(refusal.get(), response);
                return;
            }
            Principal principal =
                    exchange.call().map(call -> call.caller().principal()).orElseThrow();
            entered.hiding("Authorization").as(principal);
        }
        RecordedResponse recorded = new RecordedResponse(response, exchange, maxHeldBytes);
        exchange.attachTo(request);
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

    private static boolean presentsKey(HttpServletRequest request) {
        return RequestReader.credential(request)
                .filter(RequestReader::isGuardIssued)
                .isPresent();
    }

    /**
     * Identifies, decides, reserves and records the intent.
     *
     * @return empty when the request may go on, else what to answer
     */
    Optional<Refusal> admit(RestExchange exchange, AuthContext host, HttpServletRequest request) throws IOException {
        return admit(exchange, host, request, catalog.match(request.getMethod(), request.getRequestURI()));
    }

    private Optional<Refusal> admit(
            RestExchange exchange, AuthContext host, HttpServletRequest request, Optional<PublishedOperation> operation)
            throws IOException {
        Identification identification = guard.identify(exchange.facts(), host);
        if (identification instanceof Refusal refusal) {
            exchange.decide(null);
            return Optional.of(refusal);
        }
        Caller caller = ((Identification.Identified) identification).caller();
        exchange.identifiedAs(caller);
        if (operation.isEmpty()) {
            exchange.decide(null);
            return Optional.of(guard.refuse(
                    exchange.facts(), caller, new Deny(Reason.OPERATION_NOT_AVAILABLE, "no-operation-matches")));
        }
        if (guard.find(caller, operation.get().id()).isEmpty()) {
            exchange.decide(null);
            return Optional.of(
                    guard.unavailable(exchange.facts(), caller, operation.get().id()));
        }
        exchange.readAhead(ReplayedRequest.readAhead(request, MAX_READ_AHEAD_BYTES));
        Map<String, String> kept;
        try {
            kept = arguments.masked(operation.get(), request, exchange.body());
        } catch (RuntimeException e) {
            // Before a permit is taken: nothing would give it back.
            LOG.error("The arguments of a call could not be masked; it is refused", e);
            exchange.decide(null);
            return Optional.of(
                    guard.refuse(exchange.facts(), caller, new Deny(Reason.GUARD_UNAVAILABLE, "preparation-failed")));
        }
        Opening opening = guard.open(exchange.facts(), caller, operation.get());
        if (opening instanceof Refusal refusal) {
            exchange.decide(null);
            return Optional.of(refusal);
        }
        GuardedCall call = (GuardedCall) opening;
        Optional<Refusal> unrecorded = call.begin(kept, Math.max(0, request.getContentLengthLong()));
        exchange.decide(unrecorded.isPresent() ? null : call);
        if (unrecorded.isEmpty()) {
            DecidedCallAttribute.set(request, new DecidedCall(call.callId(), call.operation()));
        }
        return unrecorded;
    }
}
