package com.example.session;

import com.example.session.Connection.Access;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks revision 2026-07-28, which has no handshake: each request says by itself what it is. */
final class ModernClient {

    static final String REVISION = "2026-07-28";

    private static final String META = "io.modelcontextprotocol/";
    private static final JsonMapper MAPPER = new JsonMapper();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final URI url;
    private final Access access;

    ModernClient(URI url, Access access) {
        this.url = url;
        this.access = access;
    }

    /**
     * One answer as it came.
     *
     * @param status HTTP status
     * @param message the JSON-RPC message
     */
    record Reply(int status, JsonNode message) {

        JsonNode result() {
            return message.path("result");
        }

        Answer answer() {
            return new Answer(result().path("isError").asBoolean(false), result().path("structuredContent"));
        }
    }

    Reply callTool(String id, String tool, Map<String, Object> arguments) {
        Map<String, Object> meta = Map.of(META + "protocolVersion", REVISION, META + "clientCapabilities", Map.of());
        Map<String, Object> message = Map.of(
                "jsonrpc",
                "2.0",
                "id",
                id,
                "method",
                "tools/call",
                "params",
                Map.of("name", tool, "arguments", arguments, "_meta", meta));
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("MCP-Protocol-Version", REVISION)
                .header("Mcp-Method", "tools/call")
                .header("Mcp-Name", tool)
                .header("Authorization", "Bearer " + access.credential())
                .header("X-Client-ID", access.clientId())
                .header("X-Profile-ID", access.profileId())
                .POST(BodyPublishers.ofString(MAPPER.writeValueAsString(message)))
                .build();
        HttpResponse<String> response = send(http, request);
        return new Reply(response.statusCode(), MAPPER.readTree(response.body()));
    }

    static HttpResponse<String> send(HttpClient http, HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new Unexpected("no answer from " + request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unexpected("interrupted while waiting for " + request.uri(), e);
        }
    }
}
