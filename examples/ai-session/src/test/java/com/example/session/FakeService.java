package com.example.session;

import com.example.session.Connection.Access;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers as a guarded orders service would, except for one fault. */
final class FakeService implements AutoCloseable, AuditQuery {

    enum Fault {
        NONE,
        TOO_MANY_TOOLS,
        SHOWS_WHAT_IS_NOT_ALLOWED,
        CALLS_WHAT_IS_NOT_ALLOWED,
        REFUSES_BUT_CANCELS,
        OTHER_BODY_OVER_REST,
        OTHER_ID,
        NEVER_LIMITS,
        LIMITS_ONE_LATE,
        LIMITS_WITHOUT_A_WAIT,
        LOSES_A_RECORD,
        LOSES_AN_INTENT,
        RECORDS_A_CALL_NOBODY_MADE,
        TRAIL_TAMPERED_WITH
    }

    private static final int LIMIT = 5;

    private final JsonMapper mapper = new JsonMapper();
    private final HttpServer server;
    private final Fault fault;
    private final List<String> records = new ArrayList<>();
    private int chatbotCalls;
    private String orderStatus = "PAID";

    FakeService(Fault fault) throws IOException {
        this.fault = fault;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/mcp", this::mcp);
        server.createContext("/api/orders/2995", this::rest);
        server.start();
    }

    Connection connection() {
        URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new Connection(
                base.resolve("/mcp"),
                base,
                Path.of("journal"),
                List.of(
                        new Access("claude-assistant", "developer-readonly", "key-1"),
                        new Access("support-bot", "support-chatbot", "key-2")));
    }

    private synchronized void rest(HttpExchange exchange) throws IOException {
        record(UUID.randomUUID(), "REST", "GET", exchange, "getOrder", 200, "allowed");
        Map<String, Object> body = fault == Fault.OTHER_BODY_OVER_REST ? Map.of("id", 7) : order();
        reply(exchange, 200, body);
    }

    private synchronized void mcp(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestMethod().equals("POST")) {
            reply(exchange, 405, Map.of());
            return;
        }
        JsonNode message = mapper.readTree(exchange.getRequestBody().readAllBytes());
        if (!message.has("id")) {
            exchange.sendResponseHeaders(202, -1);
            exchange.close();
            return;
        }
        boolean modern = message.path("params").path("_meta").has("io.modelcontextprotocol/protocolVersion");
        Object id = modern && fault == Fault.OTHER_ID ? "another" : message.get("id");
        Map<String, Object> result = switch (message.path("method").asString()) {
            case "initialize" ->
                Map.of(
                        "protocolVersion",
                        "2025-11-25",
                        "capabilities",
                        Map.of("tools", Map.of()),
                        "serverInfo",
                        Map.of("name", "orders", "version", "1"));
            case "tools/list" -> Map.of("tools", tools());
            default -> call(exchange, message.path("params"), modern);
        };
        reply(exchange, 200, Map.of("jsonrpc", "2.0", "id", id, "result", result));
    }

    private List<Map<String, Object>> tools() {
        List<String> names =
                new ArrayList<>(List.of("list_collections", "list_endpoints", "endpoint_details", "execute_endpoint"));
        if (fault == Fault.TOO_MANY_TOOLS) {
            names.add("shell");
        }
        return names.stream()
                .map(name -> Map.<String, Object>of("name", name, "inputSchema", Map.of("type", "object")))
                .toList();
    }

    private Map<String, Object> call(HttpExchange exchange, JsonNode params, boolean modern) {
        String tool = params.path("name").asString();
        String endpoint = params.path("arguments").path("endpoint_id").asString("");
        if (!tool.equals("execute_endpoint")) {
            record(UUID.randomUUID(), "MCP", "tools/call", exchange, tool, 200, "allowed");
            return result(false, modern, listing(tool));
        }
        if (endpoint.equals("cancelOrder")) {
            return cancel(exchange, modern);
        }
        boolean chatbot = profile(exchange).equals("support-chatbot");
        int limit = fault == Fault.LIMITS_ONE_LATE ? LIMIT + 1 : LIMIT;
        if (chatbot && ++chatbotCalls > limit && fault != Fault.NEVER_LIMITS) {
            return refuse(exchange, modern, "getOrder", 429, "limit-reached");
        }
        record(UUID.randomUUID(), "MCP", "tools/call", exchange, "getOrder", 200, "allowed");
        return result(false, modern, Map.of("status", 200, "content_type", "application/json", "body", order()));
    }

    private Map<String, Object> cancel(HttpExchange exchange, boolean modern) {
        if (fault == Fault.REFUSES_BUT_CANCELS) {
            orderStatus = "CANCELLED";
        }
        if (fault != Fault.CALLS_WHAT_IS_NOT_ALLOWED) {
            return refuse(exchange, modern, "cancelOrder", 404, "operation-not-available");
        }
        record(UUID.randomUUID(), "MCP", "tools/call", exchange, "cancelOrder", 200, "allowed");
        return result(false, modern, Map.of("status", 200, "body", order()));
    }

    private Map<String, Object> listing(String tool) {
        return switch (tool) {
            case "list_collections" ->
                Map.of("collections", List.of(Map.of("collection_id", "orders", "published_endpoints", 3)));
            case "list_endpoints" -> Map.of("endpoints", endpoints());
            default ->
                Map.of(
                        "path_params",
                        List.of(Map.of("name", "orderId", "schema", Map.of("type", "integer"))),
                        "limits",
                        Map.of("of_profile", List.of(Map.of("name", "per-minute", "calls", LIMIT, "period", "PT1M"))));
        };
    }

    private List<Map<String, Object>> endpoints() {
        return fault == Fault.SHOWS_WHAT_IS_NOT_ALLOWED
                ? List.of(Map.of("endpoint_id", "getOrder"), Map.of("endpoint_id", "cancelOrder"))
                : List.of(Map.of("endpoint_id", "getOrder"));
    }

    private Map<String, Object> refuse(HttpExchange exchange, boolean modern, String target, int status, String code) {
        UUID callId = UUID.randomUUID();
        record(callId, "MCP", "tools/call", exchange, target, status, code);
        Map<String, Object> wait = fault == Fault.LIMITS_WITHOUT_A_WAIT ? Map.of() : Map.of("retry_after_seconds", 42);
        Map<String, Object> body = new HashMap<>(
                Map.of("code", code, "status", status, "instance", "urn:uuid:" + callId, "limit", "per-minute"));
        body.putAll(wait);
        return result(true, modern, Map.of("status", status, "body", body));
    }

    private static Map<String, Object> result(boolean error, boolean modern, Map<String, Object> content) {
        Map<String, Object> result =
                new HashMap<>(Map.of("isError", error, "structuredContent", content, "content", List.of()));
        if (modern) {
            result.put("resultType", "complete");
        }
        return result;
    }

    private Map<String, Object> order() {
        return Map.of("id", 2995, "status", orderStatus);
    }

    private void record(
            UUID callId,
            String channel,
            String method,
            HttpExchange exchange,
            String target,
            int status,
            String reason) {
        boolean allowed = reason.equals("allowed");
        boolean executed = allowed && target.endsWith("Order");
        if (fault == Fault.LOSES_A_RECORD && target.equals("list_endpoints")) {
            return;
        }
        for (String stage :
                allowed ? executed ? List.of("INTENT", "OUTCOME") : List.of("OUTCOME") : List.of("DENIED")) {
            if (fault == Fault.LOSES_AN_INTENT && stage.equals("INTENT")) {
                continue;
            }
            records.add(mapper.writeValueAsString(Map.of(
                    "callId",
                    callId.toString(),
                    "channel",
                    channel,
                    "method",
                    method,
                    "stage",
                    stage,
                    "target",
                    Map.of("operationId", target),
                    "caller",
                    Map.of("profileId", profile(exchange)),
                    "verdict",
                    Map.of("allowed", allowed, "reason", reason),
                    "result",
                    Map.of("httpStatus", status))));
        }
    }

    private static String profile(HttpExchange exchange) {
        return exchange.getRequestHeaders().getFirst("X-Profile-ID");
    }

    private void reply(HttpExchange exchange, int status, Map<String, Object> body) throws IOException {
        byte[] bytes = mapper.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public synchronized String records(Instant from, Instant to, String format) {
        List<String> lines = new ArrayList<>(records);
        if (fault == Fault.RECORDS_A_CALL_NOBODY_MADE) {
            lines.add(lines.get(0).replaceFirst("\"callId\":\"[^\"]+\"", "\"callId\":\"" + UUID.randomUUID() + "\""));
        }
        return String.join("\n", lines);
    }

    @Override
    public String verify() {
        if (fault == Fault.TRAIL_TAMPERED_WITH) {
            throw new Unexpected("record 3 has been changed");
        }
        return "the chain is whole";
    }

    @Override
    public String shown() {
        return "fake query";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
