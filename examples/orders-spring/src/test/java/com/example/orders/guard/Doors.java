package com.example.orders.guard;

import io.mcpguard.core.catalog.Catalog;
import io.mcpguard.testkit.McpAnswer;
import io.mcpguard.testkit.McpTestClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** The two ways into the service, REST and MCP, over real HTTP. */
final class Doors {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final String base;
    private final McpTestClient mcp;

    Doors(int port) {
        this.base = "http://127.0.0.1:" + port;
        this.mcp = McpTestClient.modern(URI.create(base + "/mcp"));
    }

    Reply rest(Call call, Caller caller, String method, String template) {
        String path = template;
        for (Map.Entry<String, Object> value : call.path().entrySet()) {
            path = path.replace("{" + value.getKey() + "}", encoded(value.getValue()));
        }
        StringBuilder uri = new StringBuilder(path);
        char separator = '?';
        for (Map.Entry<String, Object> value : call.query().entrySet()) {
            uri.append(separator).append(value.getKey()).append('=').append(encoded(value.getValue()));
            separator = '&';
        }
        HttpRequest.Builder request = request(uri.toString(), caller).header("Accept", "application/json, */*;q=0.8");
        call.headers().forEach((name, value) -> request.header(name, value.toString()));
        if (call.body() == null) {
            request.method(method, BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json").method(method, BodyPublishers.ofString(call.body()));
        }
        return plain(send(request.build()));
    }

    Reply rest(Call call, Caller caller, Catalog catalog) {
        var operation = catalog.find(call.operation()).orElseThrow().operation();
        return rest(call, caller, operation.method(), operation.path());
    }

    Reply mcp(Call call, Caller caller) {
        ObjectNode arguments = JsonNodeFactory.instance.objectNode();
        arguments.put("endpoint_id", call.operation());
        if (!call.path().isEmpty()) {
            arguments.set("path_params", JSON.valueToTree(call.path()));
        }
        if (!call.query().isEmpty()) {
            arguments.set("query_params", JSON.valueToTree(call.query()));
        }
        if (!call.headers().isEmpty()) {
            arguments.set("headers", JSON.valueToTree(call.headers()));
        }
        if (call.body() != null) {
            arguments.set("body", JSON.readTree(call.body()));
        }
        return tool("execute_endpoint", arguments, caller);
    }

    /** Calls a tool as a client of the newest revision does: one request, no handshake. */
    Reply tool(String name, JsonNode arguments, Caller caller) {
        McpAnswer answer = client(caller).callTool(name, arguments.toString());
        JsonNode message = answer.body().isEmpty() ? MissingNode.getInstance() : JSON.readTree(answer.body());
        JsonNode content = message.path("result").path("structuredContent");
        if (answer.status() != 200 || !content.isObject()) {
            return new Reply(
                    answer.status(),
                    answer.status(),
                    answer.header("Content-Type").orElse(""),
                    message);
        }
        return new Reply(
                200,
                content.path("status").asInt(0),
                content.path("content_type").asString(""),
                content.has("status") ? content.path("body") : content);
    }

    /** Sends a message that no sound client sends. */
    Reply message(String body, String tool, Caller caller) {
        McpAnswer answer = client(caller)
                .header("MCP-Protocol-Version", McpTestClient.MODERN_REVISION)
                .header("Mcp-Method", "tools/call")
                .header("Mcp-Name", tool)
                .post(body);
        return new Reply(
                answer.status(),
                answer.status(),
                answer.header("Content-Type").orElse(""),
                JSON.readTree(answer.body()));
    }

    /** What a sound client sends. */
    static String message(String tool, JsonNode arguments) {
        ObjectNode message = JsonNodeFactory.instance.objectNode();
        message.put("jsonrpc", "2.0").put("id", 1).put("method", "tools/call");
        ObjectNode params = message.putObject("params");
        params.put("name", tool).set("arguments", arguments);
        ObjectNode meta = params.putObject("_meta");
        meta.put("io.modelcontextprotocol/protocolVersion", McpTestClient.MODERN_REVISION);
        meta.putObject("io.modelcontextprotocol/clientCapabilities");
        return message.toString();
    }

    private McpTestClient client(Caller caller) {
        McpTestClient client = mcp;
        for (Map.Entry<String, String> header : caller.headers().entrySet()) {
            client = client.header(header.getKey(), header.getValue());
        }
        return client;
    }

    HttpRequest.Builder request(String uri, Caller caller) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + uri)).timeout(Duration.ofSeconds(30));
        caller.headers().forEach(request::header);
        return request;
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static Reply plain(HttpResponse<String> response) {
        String type = response.headers().firstValue("Content-Type").orElse("");
        JsonNode body = response.body().isEmpty()
                ? MissingNode.getInstance()
                : type.contains("json")
                        ? JSON.readTree(response.body())
                        : JsonNodeFactory.instance.stringNode(response.body());
        return new Reply(response.statusCode(), response.statusCode(), type, body);
    }

    private static String encoded(Object value) {
        return URLEncoder.encode(value.toString(), StandardCharsets.UTF_8).replace("+", "%20");
    }
}
