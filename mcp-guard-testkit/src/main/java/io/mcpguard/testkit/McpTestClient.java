package io.mcpguard.testkit;

import io.mcpguard.testkit.internal.JsonText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A small MCP client for tests, on the JDK's own HTTP client. It sends what a client of its protocol revision has to send and
 * returns what came, whatever it is; JSON goes in and comes out as text.
 *
 * <p>The methods that name a header return a new client, which has no session yet. Safe for use by many threads at once.
 *
 * @since 0.1
 */
public final class McpTestClient {

    /** The revision without a handshake that {@link #modern(URI)} speaks. */
    public static final String MODERN_REVISION = "2026-07-28";

    /** The revision with a handshake that {@link #legacy(URI)} speaks. */
    public static final String LEGACY_REVISION = "2025-06-18";

    private static final String META = "io.modelcontextprotocol/";
    private static final String CLIENT_INFO = "{\"name\":\"mcp-guard-testkit\",\"version\":\"0.1\"}";
    private static final String SESSION = "Mcp-Session-Id";

    private final URI endpoint;
    private final boolean modern;
    private final Map<String, String> headers;
    private final HttpClient http;
    private final AtomicLong ids = new AtomicLong();
    private volatile @Nullable String session;

    private McpTestClient(URI endpoint, boolean modern, Map<String, String> headers, HttpClient http) {
        this.endpoint = Objects.requireNonNull(endpoint, "endpoint");
        this.modern = modern;
        this.headers = headers;
        this.http = http;
    }

    /**
     * Makes a client of revision 2026-07-28: every request says by itself what it is.
     *
     * @param endpoint the URL of the MCP endpoint
     * @return a client without a credential
     */
    public static McpTestClient modern(URI endpoint) {
        return new McpTestClient(endpoint, true, Map.of(), newHttp());
    }

    /**
     * Makes a client of revision 2025-06-18, which begins with {@link #initialize()}.
     *
     * @param endpoint the URL of the MCP endpoint
     * @return a client without a credential
     */
    public static McpTestClient legacy(URI endpoint) {
        return new McpTestClient(endpoint, false, Map.of(), newHttp());
    }

    private static HttpClient newHttp() {
        return HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(10))
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    /**
     * Presents a bearer credential: an API key of the guard, or a token.
     *
     * @param credential what stands behind {@code Bearer}
     * @return a client that sends it
     */
    public McpTestClient bearer(String credential) {
        return header("Authorization", "Bearer " + credential);
    }

    /**
     * Names the client.
     *
     * @param id value of {@code X-Client-ID}
     * @return a client that sends it
     */
    public McpTestClient client(String id) {
        return header("X-Client-ID", id);
    }

    /**
     * Selects a profile.
     *
     * @param id value of {@code X-Profile-ID}
     * @return a client that sends it
     */
    public McpTestClient profile(String id) {
        return header("X-Profile-ID", id);
    }

    /**
     * Sets a header of every request. It takes the place of one that the client would send by itself.
     *
     * @param name the field name
     * @param value the field value
     * @return a client that sends it
     */
    public McpTestClient header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.keySet().removeIf(known -> known.equalsIgnoreCase(name));
        more.put(name, value);
        return new McpTestClient(endpoint, modern, more, http);
    }

    /**
     * Begins a conversation of revision 2025-06-18: {@code initialize}, and {@code notifications/initialized} once that was
     * answered. A session id that comes back is sent from then on.
     *
     * @return the answer to {@code initialize}
     */
    public McpAnswer initialize() {
        if (modern) {
            throw new IllegalStateException("revision " + MODERN_REVISION + " has no handshake");
        }
        Map<String, String> params = new LinkedHashMap<>();
        params.put("protocolVersion", JsonText.string(LEGACY_REVISION));
        params.put("capabilities", "{}");
        params.put("clientInfo", CLIENT_INFO);
        session = null;
        McpAnswer answer = request("initialize", params);
        if (answer.status() == 200) {
            session = answer.header(SESSION).orElse(null);
            post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}", protocolHeaders("", ""));
        }
        return answer;
    }

    /**
     * Asks a server of revision 2026-07-28 what it is.
     *
     * @return the answer to {@code server/discover}
     */
    public McpAnswer discover() {
        return request("server/discover", Map.of());
    }

    /**
     * Lists the tools.
     *
     * @return the answer to {@code tools/list}
     */
    public McpAnswer listTools() {
        return request("tools/list", Map.of());
    }

    /**
     * Lists more tools.
     *
     * @param cursor the cursor of the page before
     * @return the answer to {@code tools/list}
     */
    public McpAnswer listTools(String cursor) {
        return request("tools/list", Map.of("cursor", JsonText.string(cursor)));
    }

    /**
     * Calls a tool.
     *
     * @param tool the tool's name
     * @param argumentsJson its arguments, as the text of a JSON object; sent as it is
     * @return the answer to {@code tools/call}
     */
    public McpAnswer callTool(String tool, String argumentsJson) {
        Map<String, String> params = new LinkedHashMap<>();
        params.put("name", JsonText.string(tool));
        params.put("arguments", argumentsJson);
        return send("tools/call", params, tool);
    }

    /**
     * Sends any request.
     *
     * @param method the protocol method
     * @param params its parameters, each as JSON text; a modern client adds {@code _meta} unless it is among them
     * @return the answer
     */
    public McpAnswer request(String method, Map<String, String> params) {
        return send(method, params, "");
    }

    /**
     * Sends any body with the headers of this client and no others but {@code Content-Type} and {@code Accept}: for messages
     * that no sound client sends.
     *
     * @param body the body, sent as it is
     * @return the answer
     */
    public McpAnswer post(String body) {
        return post(body, Map.of());
    }

    private McpAnswer send(String method, Map<String, String> params, String name) {
        Map<String, String> complete = new LinkedHashMap<>(params);
        if (modern) {
            complete.putIfAbsent("_meta", meta());
        }
        Map<String, String> message = new LinkedHashMap<>();
        message.put("jsonrpc", "\"2.0\"");
        message.put("id", Long.toString(ids.incrementAndGet()));
        message.put("method", JsonText.string(method));
        message.put("params", JsonText.object(complete));
        return post(JsonText.object(message), protocolHeaders(method, name));
    }

    private static String meta() {
        Map<String, String> meta = new LinkedHashMap<>();
        meta.put(META + "protocolVersion", JsonText.string(MODERN_REVISION));
        meta.put(META + "clientCapabilities", "{}");
        meta.put(META + "clientInfo", CLIENT_INFO);
        return JsonText.object(meta);
    }

    private Map<String, String> protocolHeaders(String method, String name) {
        Map<String, String> protocol = new LinkedHashMap<>();
        if (modern) {
            protocol.put("MCP-Protocol-Version", MODERN_REVISION);
            protocol.put("Mcp-Method", method);
            if (!name.isEmpty()) {
                protocol.put("Mcp-Name", headerText(name));
            }
        } else if (!method.equals("initialize")) {
            protocol.put("MCP-Protocol-Version", LEGACY_REVISION);
            if (session != null) {
                protocol.put(SESSION, session);
            }
        }
        return protocol;
    }

    /** What does not fit a header as it is goes in the Base64 form (MCP 2026-07-28, Streamable HTTP). */
    private static String headerText(String value) {
        boolean fits = value.chars().allMatch(c -> c > 0x20 && c < 0x7F) && !value.startsWith("=?base64?");
        return fits
                ? value
                : "=?base64?" + Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)) + "?=";
    }

    private McpAnswer post(String body, Map<String, String> protocol) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("Content-Type", "application/json");
        all.put("Accept", "application/json, text/event-stream");
        all.putAll(protocol);
        for (Map.Entry<String, String> own : headers.entrySet()) {
            all.keySet().removeIf(name -> name.equalsIgnoreCase(own.getKey()));
            all.put(own.getKey(), own.getValue());
        }
        HttpRequest.Builder request =
                HttpRequest.newBuilder(endpoint).timeout(Duration.ofSeconds(60)).POST(BodyPublishers.ofString(body));
        all.forEach(request::header);
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new McpAnswer(response.statusCode(), response.headers().map(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException("no answer from " + endpoint, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + endpoint, e);
        }
    }

    /** Names the endpoint and the revision, not the credential. */
    @Override
    public String toString() {
        return "McpTestClient[" + (modern ? MODERN_REVISION : LEGACY_REVISION) + " " + endpoint + "]";
    }
}
