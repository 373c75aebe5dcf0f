package io.mcpguard.core.protocol;

import io.mcpguard.core.guard.Guard;
import io.mcpguard.core.guard.Refusal;
import io.mcpguard.core.guard.RequestFacts;
import io.mcpguard.core.tool.ToolCall;
import io.mcpguard.core.tool.Tools;
import io.mcpguard.decision.Caller;
import io.mcpguard.invocation.CallOrigin;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Serves one request whose caller and revision are known. */
final class Methods {

    private static final Set<String> LOG_LEVELS =
            Set.of("debug", "info", "notice", "warning", "error", "critical", "alert", "emergency");

    private final Guard guard;
    private final Tools tools;
    private final Results results;

    Methods(Guard guard, Tools tools, Results results) {
        this.guard = guard;
        this.tools = tools;
        this.results = results;
    }

    /** Everything about the request that is not in its body. */
    record Context(RequestFacts facts, Caller caller, CallOrigin origin, Optional<String> authorization) {
        Context servedAs(Revision revision) {
            return new Context(FactsReader.servedAs(facts, revision), caller, origin, authorization);
        }
    }

    CompletionStage<RpcAnswer> serve(Message.Request request, Revision revision, Context context) {
        if (request.method().equals("tools/call")) {
            return call(request, revision, context);
        }
        return CompletableFuture.completedStage(answer(request, revision, context));
    }

    private RpcAnswer answer(Message.Request request, Revision revision, Context context) {
        boolean modern = revision.modern();
        return switch (request.method()) {
            case "server/discover" ->
                modern ? listed(request, context, results::discovered) : unknownMethod(request, revision, context);
            case "initialize" ->
                modern
                        ? unknownMethod(request, revision, context)
                        : listed(request, context, () -> results.initialized(revision));
            case "ping" ->
                modern
                        ? unknownMethod(request, revision, context)
                        : RpcAnswer.result(request.id(), JsonNodeFactory.instance.objectNode());
            case "tools/list" -> list(request, revision, context);
            default -> unknownMethod(request, revision, context);
        };
    }

    private RpcAnswer list(Message.Request request, Revision revision, Context context) {
        Optional<RpcError> flaw = logLevelFlaw(request, revision);
        if (flaw.isEmpty() && request.param("cursor").isPresent()) {
            flaw = Optional.of(
                    RpcError.invalidParams("The cursor is not one of this list. Start without it.", "cursor-unknown"));
        }
        return flaw.map(error -> refuse(request, error, context))
                .orElseGet(() ->
                        listed(request, context, () -> results.tools(revision, tools.offered(context.caller()))));
    }

    private CompletionStage<RpcAnswer> call(Message.Request request, Revision revision, Context context) {
        Optional<String> name = request.param("name").flatMap(JsonNode::stringValueOpt);
        JsonNode arguments = request.param("arguments")
                .filter(given -> !given.isNull())
                .orElseGet(JsonNodeFactory.instance::objectNode);
        Optional<RpcError> flaw = logLevelFlaw(request, revision);
        if (name.isEmpty()) {
            flaw = Optional.of(RpcError.invalidParams("params.name must be the name of a tool.", "tool-name-missing"));
        } else if (flaw.isEmpty() && !tools.has(context.caller(), name.get())) {
            Refusal refusal = tools.unavailable(context.facts(), context.caller(), name.get());
            return CompletableFuture.completedStage(RpcAnswer.error(request.id(), RpcError.unknownTool(), refusal));
        } else if (!arguments.isObject()) {
            flaw = Optional.of(
                    RpcError.invalidParams("params.arguments must be an object.", "arguments-not-an-object"));
        }
        if (flaw.isPresent()) {
            return CompletableFuture.completedStage(refuse(request, flaw.get(), context));
        }
        ToolCall call = new ToolCall(
                name.orElseThrow(),
                (ObjectNode) arguments,
                context.facts(),
                context.caller(),
                context.origin(),
                context.authorization());
        return tools.call(call).thenApply(result -> RpcAnswer.result(request.id(), results.called(result, revision)));
    }

    private static Optional<RpcError> logLevelFlaw(Message.Request request, Revision revision) {
        return request.meta("io.modelcontextprotocol/logLevel")
                .filter(level -> revision.modern()
                        && level.stringValueOpt().filter(LOG_LEVELS::contains).isEmpty())
                .map(level -> RpcError.invalidParams("The log level is not known.", "log-level-unknown"));
    }

    /** What only shows something is counted and recorded first. */
    private RpcAnswer listed(Message.Request request, Context context, Supplier<ObjectNode> result) {
        Optional<Refusal> refusal = guard.listed(context.facts(), context.caller());
        return refusal.map(refused -> RpcAnswer.refused(request.id(), refused, true))
                .orElseGet(() -> RpcAnswer.result(request.id(), result.get()));
    }

    private RpcAnswer unknownMethod(Message.Request request, Revision revision, Context context) {
        return refuse(request, RpcError.methodNotFound(revision.modern()), context);
    }

    private RpcAnswer refuse(Message.Request request, RpcError error, Context context) {
        return RpcAnswer.error(request.id(), error, guard.refuse(context.facts(), context.caller(), error.deny()));
    }
}
