package io.mcpguard.interop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * What a client is to do. It comes in on standard input.
 *
 * @param url the MCP endpoint
 * @param headers what every request carries
 * @param calls the tools to call, one after the other
 */
record Session(URI url, Map<String, String> headers, List<Call> calls) {

    static final ObjectMapper JSON = new ObjectMapper();

    /**
     * One tool call.
     *
     * @param tool name of the tool
     * @param arguments its arguments
     */
    record Call(String tool, Map<String, Object> arguments) {

        String argumentsAsJson() throws IOException {
            return JSON.writeValueAsString(arguments);
        }
    }

    @SuppressWarnings("unchecked")
    static Session read() throws IOException {
        JsonNode root = JSON.readTree(System.in);
        return new Session(
                URI.create(root.get("url").asText()),
                JSON.convertValue(root.get("headers"), Map.class),
                List.of(JSON.treeToValue(root.get("calls"), Call[].class)));
    }

    /** Says what came of it, as the last line of standard output. */
    static void report(List<String> tools, List<?> answers) throws IOException {
        System.out.println(JSON.writeValueAsString(Map.of("tools", tools, "answers", answers)));
    }
}
