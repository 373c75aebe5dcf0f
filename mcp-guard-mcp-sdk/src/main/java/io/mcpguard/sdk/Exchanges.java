package io.mcpguard.sdk;

import io.mcpguard.answer.ClientCapability;
import io.mcpguard.decision.Caller;
import io.mcpguard.feature.FeatureCall;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.ClientCapabilities;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** Makes the SDK's exchange for a call, and runs what needs one. */
final class Exchanges {

    /** The guard judges callers by what they prove, and what a client says of itself does not reach a feature. */
    private static final Implementation UNKNOWN =
            Implementation.builder("unknown", "unknown").build();

    private Exchanges() {}

    static McpSyncServerExchange of(FeatureCall call) {
        return new McpSyncServerExchange(async(call));
    }

    /** For completing an argument, which is no call. */
    static McpSyncServerExchange of(Caller caller) {
        return new McpSyncServerExchange(new McpAsyncServerExchange(
                "completion",
                CallSession.mute(),
                ClientCapabilities.builder().build(),
                UNKNOWN,
                SdkContext.of(caller)));
    }

    /** Runs a handler that answers later, until its answer, its failure or the end of the call. */
    static <T> CompletionStage<T> running(FeatureCall call, Function<McpAsyncServerExchange, Mono<T>> handler) {
        McpAsyncServerExchange exchange = async(call);
        CompletableFuture<T> answer = handler.apply(exchange)
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("the handler answered nothing")))
                .contextWrite(context -> context.put(McpTransportContext.KEY, exchange.transportContext()))
                .toFuture();
        call.onCancel(() -> answer.cancel(false));
        return answer;
    }

    private static McpAsyncServerExchange async(FeatureCall call) {
        String id = call.id().toString();
        return new McpAsyncServerExchange(
                id, CallSession.of(call), capabilities(call), UNKNOWN, SdkContext.of(call.caller(), id));
    }

    private static ClientCapabilities capabilities(FeatureCall call) {
        ClientCapabilities.Builder capabilities = ClientCapabilities.builder();
        if (call.clientCan(ClientCapability.SAMPLING)) {
            capabilities.sampling();
        }
        if (call.clientCan(ClientCapability.ROOTS)) {
            capabilities.roots(false);
        }
        boolean form = call.clientCan(ClientCapability.ELICITATION_FORM);
        boolean url = call.clientCan(ClientCapability.ELICITATION_URL);
        if (form || url) {
            capabilities.elicitation(form, url);
        }
        return capabilities.build();
    }
}
