package io.mcpguard.servlet.canary;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mcpguard.testkit.Canaries;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;

/** Sends requests in which every part that a caller can choose holds a value of its own. */
final class CanaryCaller {

    /** Places of values that records show on purpose: what a caller says that it is. */
    static final String USER_AGENT = "the user agent";

    static final String CLIENT = "the name of the client";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI uri;
    private final Canaries values;
    private final List<HttpResponse<String>> answers = new ArrayList<>();
    private int requests;

    CanaryCaller(URI uri, Canaries values) {
        this.uri = uri;
        this.values = values;
    }

    List<HttpResponse<String>> answers() {
        return answers;
    }

    private String value(String place) {
        return values.plant(place + " of request " + requests);
    }

    /** The same value each time, since a record may show it. */
    private String shown(String place) {
        return values.plant(place);
    }

    void rest(String method, String path, String how, String token) throws IOException, InterruptedException {
        requests++;
        String target = path + value("path") + "?how=" + how + "&tag=" + value("query") + "&tag="
                + URLEncoder.encode("two words " + value("second query"), UTF_8) + "&" + value("query name") + "=1";
        send(request(target, token)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body())));
    }

    private String body() {
        return "{\"note\":\"" + value("body") + "\",\"card\":" + number("number") + ",\"" + value("body name")
                + "\":\"x\",\"more\":{\"" + value("map key") + "\":[\"" + value("deep body") + "\",true]}}";
    }

    private String number(String place) {
        StringBuilder digits = new StringBuilder("4");
        value(place + " in letters").chars().limit(15).forEach(c -> digits.append(c % 10));
        return values.plant(place + " of request " + requests, digits.toString());
    }

    /** A credential where it does not belong. */
    private static String pasted(String token) {
        return token.isEmpty() ? "" : " Bearer " + token;
    }

    private HttpRequest.Builder request(String target, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri.resolve(target))
                .header("User-Agent", shown(USER_AGENT) + pasted(token))
                .header("X-Note", value("declared header"))
                .header("X-Other", value("other header"))
                .header("Cookie", "sid=" + value("cookie"))
                .header("traceparent", value("traceparent"))
                .header("tracestate", "a=" + value("tracestate"))
                .header("baggage", "a=" + value("baggage"))
                .header("Referer", "http://localhost/" + value("referer"))
                .header("X-Forwarded-For", value("forwarded"))
                .header("X-Request-Id", value("request id"));
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    void execute(String how, String token, boolean modern) throws IOException, InterruptedException {
        requests++;
        call(
                "execute_endpoint",
                "{\"endpoint_id\":\"update\",\"path_params\":{\"id\":\"" + value("path")
                        + "\"},\"query_params\":{\"how\":\""
                        + how + "\",\"tag\":\"" + value("query") + "\"},\"headers\":{\"X-Note\":\""
                        + value("header argument")
                        + "\"},\"body\":" + body() + "}",
                token,
                modern);
    }

    void unfit(String token) throws IOException, InterruptedException {
        requests++;
        call(
                "execute_endpoint",
                "{\"endpoint_id\":\"update\",\"path_params\":{\"id\":[\"" + value("path") + "\"]},\"body\":{\"card\":\""
                        + value("body") + "\"}}",
                token,
                false);
        requests++;
        call("execute_endpoint", "{\"endpoint_id\":\"" + value("operation id") + "\"}", token, true);
        requests++;
        call(
                "list_endpoints",
                "{\"query\":\"" + value("search") + "\",\"cursor\":\"" + value("cursor") + "\"}",
                token,
                false);
    }

    void lookup(String how, String token) throws IOException, InterruptedException {
        requests++;
        call(
                "lookup",
                "{\"name\":\"" + value("argument") + "\",\"how\":\"" + how + "\",\"" + value("argument name") + "\":\""
                        + value("second argument") + "\"}",
                token,
                true);
    }

    private void call(String tool, String arguments, String token, boolean modern)
            throws IOException, InterruptedException {
        message("tools/call", tool, "\"name\":\"" + tool + "\",\"arguments\":" + arguments, token, modern);
    }

    private void message(String method, String name, String params, String token, boolean modern)
            throws IOException, InterruptedException {
        String meta = modern
                ? ",\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                        + "\"io.modelcontextprotocol/clientCapabilities\":{},\"io.modelcontextprotocol/clientInfo\":{\"name\":\""
                        + shown(CLIENT) + pasted(token) + "\",\"version\":\"1\"},\"traceparent\":\""
                        + value("meta traceparent")
                        + "\",\"" + value("meta name") + "\":1}"
                : "";
        HttpRequest.Builder request = mcp(token, modern ? "2026-07-28" : "2025-06-18");
        if (modern) {
            request.header("Mcp-Method", method).header("Mcp-Name", name);
        }
        send(request.POST(BodyPublishers.ofString("{\"jsonrpc\":\"2.0\",\"id\":\"" + value("id") + "\",\"method\":\""
                + method + "\",\"params\":{" + params + meta + "}}")));
    }

    private HttpRequest.Builder mcp(String token, String version) {
        return request("/mcp", token)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("MCP-Protocol-Version", version);
    }

    /** What names something that is not there, or nothing at all. */
    void unknown(String token) throws IOException, InterruptedException {
        requests++;
        message(value("method"), "x", "\"a\":\"" + value("param") + "\"", token, false);
        requests++;
        String tool = value("tool");
        message("tools/call", tool, "\"name\":\"" + tool + "\"", token, true);
        requests++;
        message("prompts/get", "x", "\"name\":\"" + value("prompt") + "\"", token, false);
        requests++;
        message("resources/read", "x", "\"uri\":\"file:///" + value("uri") + "\"", token, false);
        requests++;
        send(mcp(token, "2025-06-18")
                .header("Mcp-Session-Id", value("session"))
                .POST(BodyPublishers.ofString(
                        "{\"jsonrpc\":\"2.0\",\"id\":" + number("id") + ",\"method\":\"tools/list\",\"params\":{}}")));
        requests++;
        send(mcp(token, value("version"))
                .POST(BodyPublishers.ofString("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}")));
        requests++;
        send(mcp(token, "2025-06-18")
                .header("X-Client-ID", value("client id"))
                .header("X-Profile-ID", value("profile id"))
                .POST(BodyPublishers.ofString("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}")));
    }

    void initialize(String token) throws IOException, InterruptedException {
        requests++;
        message(
                "initialize",
                "x",
                "\"protocolVersion\":\"" + value("asked version") + "\",\"capabilities\":{},\"clientInfo\":{\"name\":\""
                        + shown(CLIENT + " in its handshake") + pasted(token) + "\",\"version\":\"1\"}",
                token,
                false);
    }

    void malformed(String token) throws IOException, InterruptedException {
        for (String message : List.of(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"" + value("cut name") + "\":\""
                        + value("cut"),
                value("no JSON"),
                "[\"" + value("batch") + "\"]",
                "{\"" + value("twice") + "\":1,\"a\":1,\"a\":2}",
                "\"" + value("text") + "\"")) {
            requests++;
            send(mcp(token, "2025-06-18").POST(BodyPublishers.ofString(message)));
        }
        requests++;
        send(mcp(token, "2025-06-18")
                .header("Origin", "http://" + value("origin") + ".example")
                .POST(BodyPublishers.ofString("{}")));
        requests++;
        send(mcp(token, "2025-06-18").method(value("method over MCP"), BodyPublishers.noBody()));
    }

    private void send(HttpRequest.Builder request) throws IOException, InterruptedException {
        answers.add(client.send(request.build(), BodyHandlers.ofString()));
    }
}
