package io.mcpguard.core.protocol;

import io.mcpguard.core.json.JsonLimits;
import java.time.Duration;
import java.util.Objects;

/**
 * What the endpoint says of itself and how much it takes.
 *
 * @param serverName name of the service in MCP's {@code serverInfo}
 * @param serverVersion its version there
 * @param instructions what a model is told of the service when it connects; empty for none
 * @param json how much JSON one request may hold
 * @param maxBatch messages in one array (revision 2025-03-26 only)
 * @param pageSize entries in one page of a list
 * @param toolsMaxAge how long a client may keep the list of tools
 * @since 0.1
 */
public record EndpointSettings(
        String serverName,
        String serverVersion,
        String instructions,
        JsonLimits json,
        int maxBatch,
        int pageSize,
        Duration toolsMaxAge) {

    private static final String INSTRUCTIONS =
            "The API of this service. With execute_endpoint among the tools there is one collection per topic: find an"
                    + " endpoint with list_collections and list_endpoints (with a query), read endpoint_details, then call"
                    + " execute_endpoint. Without it, each tool is one operation of the API."
                    + " Only what this connection may use is shown; every call is recorded.";

    public EndpointSettings {
        Objects.requireNonNull(serverName, "serverName");
        Objects.requireNonNull(serverVersion, "serverVersion");
        Objects.requireNonNull(instructions, "instructions");
        Objects.requireNonNull(json, "json");
        Objects.requireNonNull(toolsMaxAge, "toolsMaxAge");
        if (maxBatch < 1) {
            throw new IllegalArgumentException("a batch may hold at least one message");
        }
        if (pageSize < 1) {
            throw new IllegalArgumentException("a page holds at least one entry");
        }
    }

    /**
     * Settings that suit most services.
     *
     * @param serverName name of the service
     * @param serverVersion its version
     * @return 1 MiB of JSON, 20 messages in a batch, pages of 200 entries, tools kept for 5 minutes, instructions that hold for
     *     fixed and direct tools
     */
    public static EndpointSettings standard(String serverName, String serverVersion) {
        return new EndpointSettings(
                serverName, serverVersion, INSTRUCTIONS, JsonLimits.DEFAULT, 20, 200, Duration.ofMinutes(5));
    }
}
