package io.mcpguard.core.protocol;

import io.mcpguard.core.feature.Features;
import io.mcpguard.core.guard.Guard;
import io.mcpguard.core.guard.Listening;
import io.mcpguard.core.guard.Refusal;
import io.mcpguard.invocation.HttpField;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Serves one request whose caller and revision are known. */
final class Methods {

    private final Guard guard;
    private final Features features;
    private final Calls calls;
    private final Results results;
    private final Lists lists;
    private final Completions completions;
    private final Offered offered;
    private final Sessions sessions;
    private final OpenReplies open;
    private final InstantSource clock;

    Methods(
            Guard guard,
            Features features,
            Calls calls,
            Results results,
            Lists lists,
            Offered offered,
            Sessions sessions,
            OpenReplies open,
            InstantSource clock) {
        this.guard = guard;
        this.features = features;
        this.calls = calls;
        this.results = results;
        this.lists = lists;
        this.completions = new Completions(guard, features);
        this.offered = offered;
        this.sessions = sessions;
        this.open = open;
        this.clock = clock;
    }

    CompletionStage<RpcAnswer> serve(Message.Request request, Revision revision, Context context) {
        Optional<RpcError> flaw = logLevelFlaw(request, revision);
        if (flaw.isPresent()) {
            return CompletableFuture.completedStage(refuse(request, flaw.get(), context));
        }
        return switch (request.method()) {
            case "tools/call" -> tracked(request, revision, context, () -> calls.tool(request, revision, context));
            case "prompts/get" ->
                offered(Capability.PROMPTS)
                        ? tracked(request, revision, context, () -> calls.prompt(request, revision, context))
                        : unknown(request, revision, context);
            case "resources/read" ->
                offered(Capability.RESOURCES)
                        ? tracked(request, revision, context, () -> calls.resource(request, revision, context))
                        : unknown(request, revision, context);
            case "subscriptions/listen" ->
                revision.modern() ? listen(request, context) : unknown(request, revision, context);
            default -> CompletableFuture.completedStage(answer(request, revision, context));
        };
    }

    private boolean offered(Capability capability) {
        return capability.isOffered(features);
    }

    private RpcAnswer answer(Message.Request request, Revision revision, Context context) {
        boolean legacy = !revision.modern();
        return switch (request.method()) {
            case "server/discover" ->
                legacy
                        ? unknownMethod(request, revision, context)
                        : shown(request, context, () -> results.discovered(revision));
            case "initialize" ->
                legacy ? initialize(request, revision, context) : unknownMethod(request, revision, context);
            case "ping" ->
                legacy
                        ? RpcAnswer.result(request.id(), JsonNodeFactory.instance.objectNode())
                        : unknownMethod(request, revision, context);
            case "logging/setLevel" ->
                legacy && offered(Capability.LOGGING)
                        ? setLevel(request, context)
                        : unknownMethod(request, revision, context);
            case "resources/subscribe", "resources/unsubscribe" ->
                legacy && offered(Capability.RESOURCES)
                        ? subscribe(request, context)
                        : unknownMethod(request, revision, context);
            case "completion/complete" ->
                offered(Capability.COMPLETIONS)
                        ? complete(request, revision, context)
                        : unknownMethod(request, revision, context);
            default ->
                lists.of(request, revision, context.caller())
                        .map(list -> list instanceof Lists.Listed.Page page
                                ? shown(request, context, page.result())
                                : refuse(request, ((Lists.Listed.Flawed) list).error(), context))
                        .orElseGet(() -> unknownMethod(request, revision, context));
        };
    }

    private RpcAnswer initialize(Message.Request request, Revision revision, Context context) {
        RpcAnswer answer = shown(request, context, () -> results.initialized(revision));
        if (answer.status() != 200) {
            return answer;
        }
        String session = sessions.mint(
                context.caller(), revision, context.facts().source().clientInfo());
        return answer.with(new HttpField(RequestHeaders.SESSION, session));
    }

    /** Without a session in memory a level lasts no longer than the request. */
    private RpcAnswer setLevel(Message.Request request, Context context) {
        boolean known = request.param("level")
                .flatMap(JsonNode::stringValueOpt)
                .flatMap(ClientSides::level)
                .isPresent();
        return known
                ? RpcAnswer.result(request.id(), JsonNodeFactory.instance.objectNode())
                : refuse(request, RpcError.invalidParams("The log level is not known.", "log-level-unknown"), context);
    }

    /** Taken note of and no more: a legacy client would hear of changes on a GET, which this endpoint does not take. */
    private RpcAnswer subscribe(Message.Request request, Context context) {
        String uri = request.param("uri").flatMap(JsonNode::stringValueOpt).orElse("");
        return offered.mayRead(context.caller(), uri)
                ? shown(request, context, JsonNodeFactory.instance::objectNode)
                : refuse(request, RpcError.unknownResource(uri, false), context);
    }

    private RpcAnswer complete(Message.Request request, Revision revision, Context context) {
        return completions
                .flaw(request, context.caller())
                .map(error -> refuse(request, error, context))
                .orElseGet(() -> shown(
                        request,
                        context,
                        () -> results.completed(completions.values(request, context.caller()), revision)));
    }

    private CompletionStage<RpcAnswer> listen(Message.Request request, Context context) {
        if (!context.reply().takesEvents()) {
            return CompletableFuture.completedStage(refuse(request, RpcError.eventsNotAccepted(), context));
        }
        Listening listening = guard.listening(context.facts(), context.caller());
        if (listening instanceof Refusal refusal) {
            return CompletableFuture.completedStage(RpcAnswer.refused(request.id(), refusal));
        }
        // Else the stream of a client that is gone would be kept, and count, to the end of its time.
        context.reply().leavingCancels();
        Subscription subscription = new Subscription(guard, offered, features, open.workers(), request, context, clock);
        Runnable unlisten = features.listen(subscription);
        OpenReplies.Entry entry = open.add(context.reply(), request.id(), Optional.empty(), subscription);
        return subscription.start().thenApply(end -> {
            entry.close();
            unlisten.run();
            ((Listening.Open) listening).end().run();
            return RpcAnswer.result(request.id(), results.listened(request.id()));
        });
    }

    /** A request that may take long: it can be cancelled, and its client is shown that it goes on. */
    private CompletionStage<RpcAnswer> tracked(
            Message.Request request, Revision revision, Context context, Supplier<CompletionStage<RpcAnswer>> call) {
        if (revision.modern()) {
            context.reply().leavingCancels();
        }
        OpenReplies.Entry entry = open.add(context.reply(), request.id(), context.sessionKey(), () -> {});
        CompletionStage<RpcAnswer> answer;
        try {
            answer = call.get();
        } catch (RuntimeException | Error e) {
            entry.close();
            throw e;
        }
        return answer.whenComplete((result, failure) -> entry.close());
    }

    private static Optional<RpcError> logLevelFlaw(Message.Request request, Revision revision) {
        return request.meta("io.modelcontextprotocol/logLevel")
                .filter(level -> revision.modern()
                        && level.stringValueOpt().flatMap(ClientSides::level).isEmpty())
                .map(level -> RpcError.invalidParams("The log level is not known.", "log-level-unknown"));
    }

    /** What only shows something is counted and recorded first. */
    private RpcAnswer shown(Message.Request request, Context context, Supplier<ObjectNode> result) {
        Optional<Refusal> refusal = guard.listed(context.facts(), context.caller());
        return refusal.map(refused -> RpcAnswer.refused(request.id(), refused))
                .orElseGet(() -> RpcAnswer.result(request.id(), result.get()));
    }

    private CompletionStage<RpcAnswer> unknown(Message.Request request, Revision revision, Context context) {
        return CompletableFuture.completedStage(unknownMethod(request, revision, context));
    }

    private RpcAnswer unknownMethod(Message.Request request, Revision revision, Context context) {
        return refuse(request, RpcError.methodNotFound(revision.modern()), context);
    }

    private RpcAnswer refuse(Message.Request request, RpcError error, Context context) {
        return RpcAnswer.error(request.id(), error, guard.refuse(context.facts(), context.caller(), error.deny()));
    }
}
