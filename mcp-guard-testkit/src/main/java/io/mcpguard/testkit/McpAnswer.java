package io.mcpguard.testkit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an MCP endpoint answered, as it came.
 *
 * @param status HTTP status
 * @param headers header fields; names compare ignoring case
 * @param body the body as text, empty when there was none
 * @since 0.1
 */
public record McpAnswer(int status, Map<String, List<String>> headers, String body) {

    public McpAnswer {
        Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        headers = copy;
    }

    /**
     * Finds a header.
     *
     * @param name the field name, in any case
     * @return the first value, or empty when there is none
     */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name))
                .flatMap(values -> values.stream().findFirst());
    }

    /**
     * Returns the JSON-RPC message that answers the request.
     *
     * @return the body; of an event stream the data of its last event, which is the response (MCP 2026-07-28, Streamable
     *     HTTP)
     */
    public String message() {
        if (!header("Content-Type").orElse("").startsWith("text/event-stream")) {
            return body;
        }
        String last = "";
        for (String event : body.replace("\r\n", "\n").split("\n\n", -1)) {
            String data = dataOf(event);
            last = data.isEmpty() ? last : data;
        }
        return last;
    }

    private static String dataOf(String event) {
        StringBuilder data = new StringBuilder();
        for (String line : event.split("\n", -1)) {
            if (line.startsWith("data:")) {
                String value = line.substring("data:".length());
                data.append(data.isEmpty() ? "" : "\n").append(value.startsWith(" ") ? value.substring(1) : value);
            }
        }
        return data.toString();
    }
}
