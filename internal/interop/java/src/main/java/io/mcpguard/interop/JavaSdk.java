package io.mcpguard.interop;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The client of the official Java SDK. */
final class JavaSdk {

    private JavaSdk() {}

    public static void main(String[] args) throws Exception {
        Session session = Session.read();
        try (McpSyncClient client = open(session)) {
            List<String> tools =
                    client.listTools().tools().stream().map(Tool::name).toList();
            List<Object> answers = new ArrayList<>();
            for (Session.Call call : session.calls()) {
                CallToolResult result = client.callTool(CallToolRequest.builder(call.tool())
                        .arguments(call.arguments())
                        .build());
                answers.add(((TextContent) result.content().get(0)).text());
            }
            Session.report(tools, answers);
        }
        System.exit(0);
    }

    static McpSyncClient open(Session session) {
        var transport = HttpClientStreamableHttpTransport.builder(
                        session.url().resolve("/").toString())
                .endpoint(session.url().getPath())
                .httpRequestCustomizer((request, method, uri, body, context) ->
                        session.headers().forEach(request::header))
                .build();
        McpSyncClient client = McpClient.sync(transport)
                .requestTimeout(Duration.ofSeconds(30))
                .initializationTimeout(Duration.ofSeconds(30))
                .build();
        client.initialize();
        return client;
    }
}
