package io.mcpguard.jaxrs.testbed;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Both doors of a running service, over the wire.
 *
 * @param base where it listens
 * @param client sends
 * @param api path of its API
 * @param mcp path of its MCP endpoint
 */
public record Wire(URI base, HttpClient client, String api, String mcp) {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final JsonMapper JSON = new JsonMapper();

    public Wire(int port, String api, String mcp) {
        this(URI.create("http://127.0.0.1:" + port), CLIENT, api, mcp);
    }

    /** A request of the API, as REST sends it and as the arguments of a tool say it. */
    public record Call(
            String operation,
            String method,
            String target,
            Optional<String> type,
            String body,
            String arguments,
            String trace) {

        public static Call of(String operation, String method, String target, String arguments) {
            return new Call(operation, method, target, Optional.empty(), "", arguments, "");
        }

        public Call body(String contentType, String sent) {
            return new Call(operation, method, target, Optional.of(contentType), sent, arguments, trace);
        }

        public Call traced(String value) {
            return new Call(operation, method, target, type, body, arguments, value);
        }
    }

    /** Status and body, in one form for both doors. */
    public record Reply(int status, String body) {}

    public HttpResponse<String> rest(String method, String target, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(api + target)).method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    public Reply rest(Call call, String authorization) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(api + call.target()))
                .header("Accept", "application/json, text/plain;q=0.9, */*;q=0.8")
                .method(
                        call.method(),
                        call.type().isPresent()
                                ? HttpRequest.BodyPublishers.ofString(call.body())
                                : HttpRequest.BodyPublishers.noBody());
        call.type().ifPresent(type -> request.header("Content-Type", type));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
            request.header("X-Client-ID", "assistant");
        }
        if (!call.trace().isEmpty()) {
            request.header("X-Trace", call.trace());
        }
        HttpResponse<String> response = send(request.build());
        return new Reply(response.statusCode(), normal(response.body()));
    }

    public Reply mcp(Call call, String authorization) {
        JsonNode answer = JSON.readTree(
                execute(call.operation(), call.arguments(), authorization).body());
        JsonNode content = answer.path("result").path("structuredContent");
        JsonNode body = content.path("body");
        return new Reply(
                content.path("status").asInt(0),
                body.isMissingNode() ? "" : body.isString() ? body.stringValue() : normal(body.toString()));
    }

    /** Calls an operation as a client of revision 2025-06-18, which needs no handshake here. */
    public HttpResponse<String> execute(String operation, String arguments, String authorization) {
        return message(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"execute_endpoint\","
                        + "\"arguments\":{\"endpoint_id\":\"" + operation + "\"" + arguments + "}}}",
                authorization);
    }

    public HttpResponse<String> message(String message, String authorization) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(mcp))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("MCP-Protocol-Version", "2025-06-18")
                .POST(HttpRequest.BodyPublishers.ofString(message));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return send(request.build());
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** JSON by value: the guard reads a body and writes it again. */
    private static String normal(String body) {
        try {
            return JSON.readTree(body).toString();
        } catch (RuntimeException e) {
            return body;
        }
    }
}
