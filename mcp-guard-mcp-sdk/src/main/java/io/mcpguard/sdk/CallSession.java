package io.mcpguard.sdk;

import io.mcpguard.feature.FeatureCall;
import io.mcpguard.feature.LogLevel;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpLoggableSession;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.LoggingLevel;
import io.modelcontextprotocol.spec.McpSchema.LoggingMessageNotification;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The SDK's session of one call: what a handler tells the client goes through the call, what it asks the client is refused.
 */
final class CallSession implements McpLoggableSession {

    private final @Nullable FeatureCall call;

    private CallSession(@Nullable FeatureCall call) {
        this.call = call;
    }

    static CallSession of(FeatureCall call) {
        return new CallSession(call);
    }

    /** A session in which nothing can be said. */
    static CallSession mute() {
        return new CallSession(null);
    }

    /** The token a handler names in its progress, which is that of this call and no other. */
    static String progressToken(FeatureCall call) {
        return call.id().toString();
    }

    /** Refused as a client refuses that cannot do it, so that a handler which copes with such a client copes with this. */
    @Override
    public <T> Mono<T> sendRequest(String method, @Nullable Object params, TypeRef<T> type) {
        return Mono.error(() -> McpError.builder(ErrorCodes.METHOD_NOT_FOUND)
                .message("Behind mcp-guard a handler cannot send '" + method
                        + "' to the client while a call runs. Write it as a feature of io.mcpguard.feature that answers"
                        + " InputRequired, and the client sends the call again with its answer")
                .build());
    }

    @Override
    public Mono<Void> sendNotification(String method, @Nullable Object params) {
        return Mono.fromRunnable(() -> notified(params));
    }

    private void notified(@Nullable Object params) {
        if (call == null) {
            return;
        }
        if (params instanceof LoggingMessageNotification message) {
            String logger = message.logger();
            call.log(level(message.level()), logger == null ? "" : logger, message.data());
        } else if (params instanceof ProgressNotification progress
                && progressToken(call).equals(progress.progressToken())) {
            Double total = progress.total();
            String text = progress.message();
            call.progress(
                    progress.progress(),
                    total == null ? OptionalDouble.empty() : OptionalDouble.of(total),
                    text == null ? "" : text);
        }
    }

    private static LogLevel level(LoggingLevel level) {
        return switch (level) {
            case DEBUG -> LogLevel.DEBUG;
            case INFO -> LogLevel.INFO;
            case NOTICE -> LogLevel.NOTICE;
            case WARNING -> LogLevel.WARNING;
            case ERROR -> LogLevel.ERROR;
            case CRITICAL -> LogLevel.CRITICAL;
            case ALERT -> LogLevel.ALERT;
            case EMERGENCY -> LogLevel.EMERGENCY;
        };
    }

    /** The guard knows what the client asked for. */
    @Override
    public boolean isNotificationForLevelAllowed(LoggingLevel level) {
        return true;
    }

    @Override
    public void setMinLoggingLevel(LoggingLevel level) {}

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.empty();
    }

    @Override
    public void close() {}
}
