package io.mcpguard.servlet.entry;

import io.mcpguard.core.protocol.McpRequest;
import io.mcpguard.core.protocol.McpResponse;
import io.mcpguard.core.protocol.Streamed;
import io.mcpguard.decision.Reason;
import io.mcpguard.invocation.HttpField;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Answers whatever the body of a request asks for: {@code plain}, {@code never}, or else a stream of that name. */
final class PlayedAnswers implements McpAnswering {

    final Map<String, PlayedEvents> streams = new ConcurrentHashMap<>();
    final CompletableFuture<McpResponse> never = new CompletableFuture<>();

    PlayedEvents stream(String name) {
        return streams.computeIfAbsent(name, unused -> new PlayedEvents());
    }

    @Override
    public CompletionStage<McpResponse> handle(McpRequest request) {
        String asked = new String(request.body(), StandardCharsets.UTF_8);
        return switch (asked) {
            case "plain" -> CompletableFuture.completedStage(plain(200, "plain"));
            case "never" -> never;
            default -> CompletableFuture.completedStage(Streamed.of(stream(asked)));
        };
    }

    @Override
    public McpResponse refuse(McpRequest request, Reason reason) {
        return plain(503, reason.code());
    }

    private static McpResponse plain(int status, String body) {
        return new McpResponse(
                status,
                List.of(new HttpField("Content-Type", "application/json")),
                body.getBytes(StandardCharsets.UTF_8));
    }
}
