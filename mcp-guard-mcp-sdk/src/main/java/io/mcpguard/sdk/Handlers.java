package io.mcpguard.sdk;

import io.mcpguard.answer.PromptAnswer;
import io.mcpguard.answer.ResourceAnswer;
import io.mcpguard.answer.ToolAnswer;
import io.mcpguard.feature.CompletionHandler;
import io.mcpguard.feature.FeatureCall;
import io.mcpguard.feature.FeatureHandler;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncPromptSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncResourceSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncResourceTemplateSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncCompletionSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncPromptSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceTemplateSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CompleteRequest;
import io.modelcontextprotocol.spec.McpSchema.GetPromptRequest;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceRequest;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceResult;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import reactor.core.publisher.Mono;

/** Runs handlers of the SDK as handlers of features. */
final class Handlers {

    private Handlers() {}

    static FeatureHandler<ToolAnswer> tool(SyncToolSpecification tool, SdkJson json) {
        String name = tool.tool().name();
        return FeatureHandler.of(call ->
                Answers.tool(tool.callHandler().apply(Exchanges.of(call), toolRequest(name, call)), json));
    }

    static FeatureHandler<ToolAnswer> tool(AsyncToolSpecification tool, SdkJson json) {
        String name = tool.tool().name();
        return call -> Exchanges.running(
                call,
                exchange -> tool.callHandler()
                        .apply(exchange, toolRequest(name, call))
                        .map(result -> Answers.tool(result, json)));
    }

    static FeatureHandler<PromptAnswer> prompt(SyncPromptSpecification prompt) {
        String name = prompt.prompt().name();
        return FeatureHandler.of(
                call -> Answers.prompt(prompt.promptHandler().apply(Exchanges.of(call), promptRequest(name, call))));
    }

    static FeatureHandler<PromptAnswer> prompt(AsyncPromptSpecification prompt) {
        String name = prompt.prompt().name();
        return call -> Exchanges.running(
                call,
                exchange -> prompt.promptHandler()
                        .apply(exchange, promptRequest(name, call))
                        .map(Answers::prompt));
    }

    static FeatureHandler<ResourceAnswer> resource(SyncResourceSpecification resource) {
        return direct(resource.readHandler());
    }

    static FeatureHandler<ResourceAnswer> resource(SyncResourceTemplateSpecification template) {
        return direct(template.readHandler());
    }

    static FeatureHandler<ResourceAnswer> resource(AsyncResourceSpecification resource) {
        return later(resource.readHandler());
    }

    static FeatureHandler<ResourceAnswer> resource(AsyncResourceTemplateSpecification template) {
        return later(template.readHandler());
    }

    static CompletionHandler completion(SyncCompletionSpecification completion) {
        return (argument, typed, chosen, caller) -> {
            CompleteRequest request = CompleteRequest.builder(
                            completion.referenceKey(), new CompleteRequest.CompleteArgument(argument, typed))
                    .context(new CompleteRequest.CompleteContext(chosen))
                    .build();
            List<String> values = completion
                    .completionHandler()
                    .apply(Exchanges.of(caller), request)
                    .completion()
                    .values();
            return values == null ? List.of() : values;
        };
    }

    private static FeatureHandler<ResourceAnswer> direct(
            BiFunction<McpSyncServerExchange, ReadResourceRequest, ReadResourceResult> handler) {
        return FeatureHandler.of(call -> {
            try {
                return Answers.resource(handler.apply(Exchanges.of(call), resourceRequest(call)));
            } catch (McpError e) {
                if (Answers.isMissing(e)) {
                    return new ResourceAnswer.Missing();
                }
                throw e;
            }
        });
    }

    private static FeatureHandler<ResourceAnswer> later(
            BiFunction<McpAsyncServerExchange, ReadResourceRequest, Mono<ReadResourceResult>> handler) {
        return call -> Exchanges.running(
                call,
                exchange -> Mono.defer(() -> handler.apply(exchange, resourceRequest(call)))
                        .map(Answers::resource)
                        .onErrorResume(
                                McpError.class,
                                e -> Answers.isMissing(e) ? Mono.just(new ResourceAnswer.Missing()) : Mono.error(e)));
    }

    private static CallToolRequest toolRequest(String name, FeatureCall call) {
        return new CallToolRequest(name, SdkJson.arguments(call.arguments()), meta(call));
    }

    private static GetPromptRequest promptRequest(String name, FeatureCall call) {
        return new GetPromptRequest(name, SdkJson.arguments(call.arguments()), meta(call));
    }

    private static ReadResourceRequest resourceRequest(FeatureCall call) {
        return new ReadResourceRequest(call.uri(), meta(call));
    }

    /** Always with a token: whether the client wants to hear of progress is known to the guard, which drops it if not. */
    private static Map<String, Object> meta(FeatureCall call) {
        return Map.of("progressToken", CallSession.progressToken(call));
    }
}
