package io.mcpguard.core.protocol;

import io.mcpguard.core.feature.Features;
import io.mcpguard.core.feature.PublishedPrompt;
import io.mcpguard.core.feature.PublishedResource;
import io.mcpguard.core.feature.PublishedTool;
import io.mcpguard.core.guard.Guard;
import io.mcpguard.core.guard.Refusal;
import io.mcpguard.core.tool.HeaderParameter;
import io.mcpguard.core.tool.ToolCall;
import io.mcpguard.core.tool.Tools;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds what a request calls, among the tools of the service's operations and the features of its own. What a caller may not
 * use is answered as what does not exist.
 */
final class Calls {

    private final Guard guard;
    private final Tools tools;
    private final Features features;
    private final FeatureMethods own;
    private final Results results;

    Calls(Guard guard, Tools tools, Features features, FeatureMethods own, Results results) {
        this.guard = guard;
        this.tools = tools;
        this.features = features;
        this.own = own;
        this.results = results;
    }

    CompletionStage<RpcAnswer> tool(Message.Request request, Revision revision, Context context) {
        Optional<String> name = request.param("name").flatMap(JsonNode::stringValueOpt);
        JsonNode arguments = request.param("arguments")
                .filter(given -> !given.isNull())
                .orElseGet(JsonNodeFactory.instance::objectNode);
        if (name.isEmpty()) {
            return refused(
                    request,
                    RpcError.invalidParams("params.name must be the name of a tool.", "tool-name-missing"),
                    context);
        }
        Optional<PublishedTool> found = features.tool(name.get());
        if (found.isPresent() && !guard.allows(context.caller(), found.get().published())) {
            Refusal hidden = guard.unavailable(
                    context.facts(), context.caller(), found.get().published());
            return CompletableFuture.completedStage(RpcAnswer.error(request.id(), RpcError.unknownTool(), hidden));
        }
        if (found.isEmpty() && !tools.has(context.caller(), name.get())) {
            Refusal hidden = tools.unavailable(context.facts(), context.caller(), name.get());
            return CompletableFuture.completedStage(RpcAnswer.error(request.id(), RpcError.unknownTool(), hidden));
        }
        if (!arguments.isObject()) {
            return refused(
                    request,
                    RpcError.invalidParams("params.arguments must be an object.", "arguments-not-an-object"),
                    context);
        }
        ObjectNode given = (ObjectNode) arguments;
        List<HeaderParameter> repeated =
                found.map(tool -> tool.definition().headers()).orElseGet(() -> tools.headers(name.get()));
        Optional<RpcError> mismatch =
                revision.modern() ? context.headers().parameterMismatch(repeated, given) : Optional.empty();
        if (mismatch.isPresent()) {
            return refused(request, mismatch.get(), context);
        }
        if (found.isPresent()) {
            return own.tool(request, found.get(), given, revision, context);
        }
        ToolCall call = new ToolCall(
                name.get(),
                given,
                context.facts(),
                context.caller(),
                context.origin(),
                context.headers().first("Authorization"),
                TraceContext.of(request, context.headers()));
        return tools.call(call).thenApply(result -> RpcAnswer.result(request.id(), results.called(result, revision)));
    }

    CompletionStage<RpcAnswer> prompt(Message.Request request, Revision revision, Context context) {
        Optional<PublishedPrompt> prompt =
                request.param("name").flatMap(JsonNode::stringValueOpt).flatMap(features::prompt);
        JsonNode arguments = request.param("arguments")
                .filter(given -> !given.isNull())
                .orElseGet(JsonNodeFactory.instance::objectNode);
        if (prompt.isEmpty()) {
            return refused(request, RpcError.unknownPrompt(), context);
        }
        if (!guard.allows(context.caller(), prompt.get().published())) {
            Refusal hidden = guard.unavailable(
                    context.facts(), context.caller(), prompt.get().published());
            return CompletableFuture.completedStage(RpcAnswer.error(request.id(), RpcError.unknownPrompt(), hidden));
        }
        return arguments.isObject()
                ? own.prompt(request, prompt.get(), (ObjectNode) arguments, revision, context)
                : refused(
                        request,
                        RpcError.invalidParams("params.arguments must be an object.", "arguments-not-an-object"),
                        context);
    }

    CompletionStage<RpcAnswer> resource(Message.Request request, Revision revision, Context context) {
        String uri = request.param("uri").flatMap(JsonNode::stringValueOpt).orElse("");
        Optional<PublishedResource> resource = features.resource(uri);
        RpcError unknown = RpcError.unknownResource(uri, revision.modern());
        if (resource.isEmpty()) {
            return refused(request, unknown, context);
        }
        if (!guard.allows(context.caller(), resource.get().published())) {
            Refusal hidden = guard.unavailable(
                    context.facts(), context.caller(), resource.get().published());
            return CompletableFuture.completedStage(RpcAnswer.error(request.id(), unknown, hidden));
        }
        ObjectNode variables = JsonNodeFactory.instance.objectNode();
        resource.get().match(uri).orElseGet(Map::of).forEach(variables::put);
        return own.resource(request, resource.get(), uri, variables, revision, context);
    }

    private CompletionStage<RpcAnswer> refused(Message.Request request, RpcError error, Context context) {
        return CompletableFuture.completedStage(
                RpcAnswer.error(request.id(), error, guard.refuse(context.facts(), context.caller(), error.deny())));
    }
}
