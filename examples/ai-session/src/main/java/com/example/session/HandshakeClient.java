package com.example.session;

import com.example.session.Connection.Access;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.InitializeResult;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The official client. It opens with a handshake and speaks revision 2025-11-25. */
final class HandshakeClient implements AutoCloseable {

    private static final JsonMapper MAPPER = new JsonMapper();

    private final McpSyncClient client;

    HandshakeClient(URI url, Access access) {
        var transport = HttpClientStreamableHttpTransport.builder(
                        url.resolve("/").toString())
                .endpoint(url.getPath())
                .httpRequestCustomizer((request, method, uri, body, context) -> request.header(
                                "Authorization", "Bearer " + access.credential())
                        .header("X-Client-ID", access.clientId())
                        .header("X-Profile-ID", access.profileId()))
                .build();
        this.client = McpClient.sync(transport)
                .clientInfo(
                        McpSchema.Implementation.builder("ai-session", "0.1").build())
                .requestTimeout(Duration.ofSeconds(30))
                .initializationTimeout(Duration.ofSeconds(30))
                .build();
    }

    InitializeResult connect() {
        return client.initialize();
    }

    List<String> tools() {
        return client.listTools().tools().stream().map(McpSchema.Tool::name).toList();
    }

    Answer call(String tool, Map<String, Object> arguments) {
        CallToolResult result = client.callTool(
                CallToolRequest.builder(tool).arguments(arguments).build());
        return new Answer(Boolean.TRUE.equals(result.isError()), MAPPER.valueToTree(result.structuredContent()));
    }

    @Override
    public void close() {
        client.close();
    }
}
