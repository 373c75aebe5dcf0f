package io.mcpguard.interop;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.mcp.client.DefaultMcpClient;
import dev.langchain4j.mcp.client.McpClient;
import dev.langchain4j.mcp.client.transport.http.StreamableHttpMcpTransport;
import java.util.ArrayList;
import java.util.List;

/** LangChain4j's own MCP client, which shares no code with the Java SDK. */
final class LangChain4j {

    private LangChain4j() {}

    public static void main(String[] args) throws Exception {
        Session session = Session.read();
        var transport = StreamableHttpMcpTransport.builder()
                .url(session.url().toString())
                .customHeaders(session.headers())
                .build();
        try (McpClient client = DefaultMcpClient.builder().transport(transport).build()) {
            List<String> tools =
                    client.listTools().stream().map(ToolSpecification::name).toList();
            List<Object> answers = new ArrayList<>();
            for (Session.Call call : session.calls()) {
                answers.add(client.executeTool(ToolExecutionRequest.builder()
                                .name(call.tool())
                                .arguments(call.argumentsAsJson())
                                .build())
                        .resultText());
            }
            Session.report(tools, answers);
        }
        System.exit(0);
    }
}
