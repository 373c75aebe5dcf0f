package io.mcpguard.core.protocol;

import io.mcpguard.core.feature.Features;
import io.mcpguard.core.guard.Guard;
import io.mcpguard.core.guard.Identification;
import io.mcpguard.core.guard.Refusal;
import io.mcpguard.core.guard.RequestFacts;
import io.mcpguard.core.json.JsonReading;
import io.mcpguard.core.json.JsonReading.Document;
import io.mcpguard.core.json.JsonReading.Flaw;
import io.mcpguard.core.json.JsonReading.Malformed;
import io.mcpguard.core.json.StrictJson;
import io.mcpguard.core.seal.PageCursors;
import io.mcpguard.decision.Caller;
import io.mcpguard.decision.Decision.Deny;
import io.mcpguard.decision.Reason;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.JsonNode;

/**
 * The MCP endpoint of a service, without its HTTP server.
 *
 * <p>Every request passes the same gates in the same order: where it comes from, whether it is a JSON POST, who calls, and
 * only then what it says. Every refusal is on record and has a JSON-RPC body, since clients of both eras take an answer
 * without one for a server of the other era. No session is kept: the name of a legacy one holds all there is to it.
 *
 * <p>Safe for use by many threads.
 *
 * @since 0.1
 */
public final class McpEndpoint implements AutoCloseable {

    private final Guard guard;
    private final OriginPolicy origins;
    private final InstantSource clock;
    private final StrictJson json;
    private final FactsReader facts;
    private final MessageServing messages;
    private final OpenReplies open;

    /**
     * Makes an endpoint.
     *
     * @param parts what it stands on
     * @param origins where requests may come from
     * @param settings what the endpoint says of itself and how much it takes
     */
    public McpEndpoint(EndpointParts parts, OriginPolicy origins, EndpointSettings settings) {
        this.guard = parts.guard();
        this.origins = origins;
        this.clock = parts.clock();
        this.json = new StrictJson(settings.json());
        Features features = parts.features();
        this.facts = new FactsReader(
                name -> parts.tools().isKnown(name) || features.tool(name).isPresent(),
                id -> parts.mask().hash("mcp", "/id", id));
        this.open = new OpenReplies(clock, parts.ticker(), parts.workers());
        Sessions sessions = new Sessions(parts.seal());
        Results results = new Results(settings, features);
        Offered offered = new Offered(guard, parts.tools(), features);
        Pages pages = new Pages(new PageCursors(parts.seal()), settings.pageSize());
        FeatureRuns runs = new FeatureRuns(parts.handlers(), parts.workers(), parts.timeout());
        FeatureMethods own = new FeatureMethods(guard, parts.mask(), new RequestStates(parts.seal()), results, runs);
        Methods methods = new Methods(
                guard,
                features,
                new Calls(guard, parts.tools(), features, own, results),
                results,
                new Lists(features, offered, pages, results),
                offered,
                sessions,
                open,
                clock);
        this.messages = new MessageServing(guard, methods, facts, sessions, open, settings.maxBatch());
    }

    /**
     * Serves a request. The calling thread works until the operation is on its way and does not wait for it.
     *
     * @param request the request
     * @return a stage that always completes with an answer and never fails
     */
    public CompletionStage<McpResponse> handle(McpRequest request) {
        RequestHeaders headers = new RequestHeaders(request.headers());
        RequestFacts known = facts.ofHeaders(request, headers, clock.instant());
        Reply reply = new Reply(headers.acceptsEvents());
        CompletionStage<RpcAnswer> answer;
        try {
            answer = serve(request, headers, known, reply);
        } catch (RuntimeException | Error e) {
            // An Error too: a client left without an answer would only try again.
            answer = CompletableFuture.failedStage(e);
        }
        answer.exceptionally(
                        failure -> Unforeseen.answer(null, 500, failure, () -> guard.refuse(known, Unforeseen.DENY)))
                .thenAccept(reply::finish);
        return reply.response();
    }

    /** Ends the streams of clients that listen for changes. Calls that run end by themselves. */
    @Override
    public void close() {
        open.close();
    }

    /**
     * Answers a request that the mount itself cannot take, such as one with too large a body.
     *
     * @param request the request as far as it was read
     * @param reason what the mount has found
     * @return the answer
     */
    public McpResponse refuse(McpRequest request, Reason reason) {
        RequestHeaders headers = new RequestHeaders(request.headers());
        RequestFacts known = facts.ofHeaders(request, headers, clock.instant());
        Reason first = origins.check(headers, request.origin()).orElse(reason);
        return refused(known, new Deny(first)).toResponse();
    }

    private CompletionStage<RpcAnswer> serve(
            McpRequest request, RequestHeaders headers, RequestFacts known, Reply reply) {
        Optional<RpcAnswer> unfit = unfit(request, headers, known);
        if (unfit.isPresent()) {
            return CompletableFuture.completedStage(unfit.get());
        }
        JsonReading reading = json.read(request.body());
        if (reading instanceof Malformed malformed && malformed.flaw() == Flaw.TOO_LARGE) {
            return CompletableFuture.completedStage(refused(known, new Deny(Reason.REQUEST_TOO_LARGE)));
        }
        JsonNode body = reading instanceof Document document ? document.root() : null;
        RequestFacts named = body == null ? known.withMethod("unknown") : facts.ofMessage(known, body);
        JsonNode id = body != null && Message.of(body) instanceof Message.Request message ? message.id() : null;
        Optional<Deny> ambiguity = FactsReader.ambiguity(headers);
        if (ambiguity.isPresent()) {
            return CompletableFuture.completedStage(RpcAnswer.refused(id, guard.refuse(named, ambiguity.get())));
        }
        Identification identification = identify(request, named);
        if (identification instanceof Refusal refusal) {
            return CompletableFuture.completedStage(RpcAnswer.refused(id, refusal));
        }
        Caller caller = ((Identification.Identified) identification).caller();
        if (body == null) {
            RpcError error = RpcError.notJson(((Malformed) reading).flaw());
            return CompletableFuture.completedStage(
                    RpcAnswer.error(null, error, guard.refuse(named, caller, error.deny())));
        }
        return messages.serve(
                body,
                headers,
                new Context(named, caller, request.origin(), headers, request.host(), reply, Optional.empty()));
    }

    /** A mount has asked the verifiers before the service ran; a proof that may be used once is not shown to them again. */
    private Identification identify(McpRequest request, RequestFacts known) {
        return request.recognition().isPresent()
                ? guard.identify(known, request.recognition().get(), request.host())
                : guard.identify(known, request.host());
    }

    /** What is wrong with a request before its body counts. */
    private Optional<RpcAnswer> unfit(McpRequest request, RequestHeaders headers, RequestFacts known) {
        Optional<Reason> foreign = origins.check(headers, request.origin());
        if (foreign.isPresent()) {
            return Optional.of(refused(known, new Deny(foreign.get())));
        }
        if (!request.httpMethod().equals("POST")) {
            return Optional.of(otherMethod(request, headers, known));
        }
        if (!headers.contentIsJson()) {
            return Optional.of(unfit(known, RpcError.unsupportedContent()));
        }
        return headers.acceptsJson() ? Optional.empty() : Optional.of(unfit(known, RpcError.notAcceptable()));
    }

    /**
     * Handshake clients try a GET after each handshake, so a caller who can be identified is: such a GET is on record under its
     * name and does not count as a failure of its address.
     */
    private RpcAnswer otherMethod(McpRequest request, RequestHeaders headers, RequestFacts known) {
        RpcError error = RpcError.methodNotAllowed();
        if (known.credential().isEmpty() || FactsReader.ambiguity(headers).isPresent()) {
            return unfit(known, error);
        }
        Identification identification = identify(request, known);
        return identification instanceof Identification.Identified identified
                ? RpcAnswer.error(null, error, guard.refuse(known, identified.caller(), error.deny()))
                : RpcAnswer.refused(null, (Refusal) identification);
    }

    private RpcAnswer unfit(RequestFacts known, RpcError error) {
        return RpcAnswer.error(null, error, guard.refuse(known, error.deny()));
    }

    private RpcAnswer refused(RequestFacts known, Deny deny) {
        return RpcAnswer.refused(null, guard.refuse(known, deny));
    }
}
