package io.mcpguard.core.protocol;

import io.mcpguard.core.feature.Features;
import io.mcpguard.core.mask.ArgumentMask;
import io.mcpguard.core.mask.ValuePolicy;
import io.mcpguard.core.tool.OrdersTools;
import io.mcpguard.credential.AuthContext;
import io.mcpguard.feature.FeatureSource;
import io.mcpguard.invocation.HttpField;
import io.mcpguard.testkit.FixedKeySource;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import tools.jackson.databind.JsonNode;

/** An endpoint over {@link OrdersTools}, and requests to it in the words of the specification. */
final class OrdersEndpoint {

    private static final ScheduledExecutorService TICKER = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "test-tick");
        thread.setDaemon(true);
        return thread;
    });

    static final String MODERN = "2026-07-28";
    static final String META = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{}}";

    final OrdersTools orders = new OrdersTools();
    OriginPolicy origins = OriginPolicy.loopbackOnly();
    AuthContext host = AuthContext.none();
    EndpointSettings settings = EndpointSettings.standard("orders", "1.2.3");
    List<FeatureSource> features = List.of();
    Features registered = Features.of(List.of());
    Executor handlers = Runnable::run;
    Duration timeout = Duration.ofSeconds(10);

    McpEndpoint endpoint() {
        registered = Features.of(features);
        return new McpEndpoint(
                new EndpointParts(
                        orders.guard(),
                        orders.tools(),
                        registered,
                        ArgumentMask.of(FixedKeySource.random(), new SecureRandom(), ValuePolicy.STANDARD),
                        orders.seal(),
                        handlers,
                        Runnable::run,
                        TICKER,
                        timeout,
                        orders.time()),
                origins,
                settings);
    }

    McpResponse send(String httpMethod, List<HttpField> headers, byte[] body) {
        try (McpEndpoint endpoint = endpoint()) {
            return endpoint.handle(new McpRequest(httpMethod, headers, body, OrdersTools.ORIGIN, host))
                    .toCompletableFuture()
                    .join();
        }
    }

    /** A POST by {@code key:writer} with further header lines, each as {@code Name: value}. */
    McpResponse post(String body, String... lines) {
        return send("POST", headers(lines), body.getBytes(StandardCharsets.UTF_8));
    }

    /** A complete modern request of one method with more parameters, such as {@code ,"name":"x"}. */
    McpResponse modern(String method, String more, String... lines) {
        List<String> all = new ArrayList<>(List.of(lines));
        all.add("MCP-Protocol-Version: " + MODERN);
        all.add("Mcp-Method: " + method);
        return post(request(method, META + more), all.toArray(String[]::new));
    }

    static String request(String method, String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"" + method + "\",\"params\":{" + params + "}}";
    }

    static List<HttpField> headers(String... lines) {
        List<HttpField> headers = new ArrayList<>(List.of(
                new HttpField("Host", "localhost:8080"),
                new HttpField("Content-Type", "application/json"),
                new HttpField("Accept", "application/json, text/event-stream"),
                new HttpField("Authorization", "Bearer key:writer")));
        for (String line : lines) {
            int colon = line.indexOf(':');
            String name = line.substring(0, colon);
            String value = line.substring(colon + 1).stripLeading();
            if (List.of("Host", "Content-Type", "Accept", "Authorization").contains(name)) {
                headers.removeIf(field -> field.isNamed(name));
            }
            if (!value.equals("(none)")) {
                headers.add(new HttpField(name, value));
            }
        }
        return headers;
    }

    static JsonNode body(McpResponse response) {
        return OrdersTools.tree(new String(response.body(), StandardCharsets.UTF_8));
    }

    static int code(McpResponse response) {
        return body(response).path("error").path("code").intValue(0);
    }
}
