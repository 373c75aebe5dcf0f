package io.mcpguard.interop;

import io.modelcontextprotocol.client.McpSyncClient;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.ai.mcp.SyncMcpToolCallbackProvider;
import org.springframework.ai.tool.ToolCallback;

/** Spring AI's tool callbacks, which its chat client calls when a model asks for a tool. They use the Java SDK below. */
final class SpringAi {

    private SpringAi() {}

    public static void main(String[] args) throws Exception {
        Session session = Session.read();
        try (McpSyncClient client = JavaSdk.open(session)) {
            ToolCallback[] callbacks = SyncMcpToolCallbackProvider.builder()
                    .mcpClients(client)
                    .build()
                    .getToolCallbacks();
            List<Object> answers = new ArrayList<>();
            for (Session.Call call : session.calls()) {
                answers.add(named(callbacks, call.tool()).call(call.argumentsAsJson()));
            }
            Session.report(Stream.of(callbacks).map(SpringAi::name).toList(), answers);
        }
        System.exit(0);
    }

    private static ToolCallback named(ToolCallback[] callbacks, String tool) {
        return Stream.of(callbacks)
                .filter(callback -> name(callback).equals(tool))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Spring AI does not offer the tool " + tool));
    }

    private static String name(ToolCallback callback) {
        return callback.getToolDefinition().name();
    }
}
