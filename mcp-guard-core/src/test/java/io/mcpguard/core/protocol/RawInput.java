package io.mcpguard.core.protocol;

import static io.mcpguard.core.protocol.OrdersEndpoint.META;
import static io.mcpguard.core.protocol.OrdersEndpoint.MODERN;

import io.mcpguard.core.json.JsonLimits;
import io.mcpguard.core.json.JsonReading.Document;
import io.mcpguard.core.json.StrictJson;
import io.mcpguard.invocation.HttpField;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request written as bytes that both people and a fuzzer can change: the HTTP method, one header field a line, an empty line, the
 * body. What every request needs is there unless the bytes say otherwise, so that most inputs get past the first gate:
 *
 * <ul>
 *   <li>An empty or one-letter method is drawn from those that matter, and so is the name of a header of one letter.
 *   <li>Host, Content-Type, Accept and the writer's key are sent, unless the bytes have that field; the value {@code (none)}
 *       leaves it out.
 *   <li>A body {@code @method params} is a legacy request, {@code %method params} a modern one with its headers, of a
 *       client that can be asked. Either word may be one letter, too.
 *   <li>{@code $C}, {@code $S} and {@code $P} stand for a genuine cursor, session and request state, {@code $M} for the metadata.
 *   <li>A line {@code !direct}, {@code !limited} or {@code !unrecorded} is no header but says what the server is like.
 * </ul>
 */
record RawInput(String httpMethod, List<HttpField> headers, String octets, Set<String> marks) {

    private static final List<String> METHODS = List.of("POST", "POST", "POST", "GET", "DELETE", "OPTIONS", "HEAD");
    private static final List<String> NAMES = List.of(
            "MCP-Protocol-Version",
            "Mcp-Method",
            "Mcp-Name",
            "Mcp-Param-Region",
            "Mcp-Param-Amount",
            "Mcp-Session-Id",
            "Accept",
            "Authorization",
            "Content-Type",
            "Content-Encoding",
            "Host",
            "Origin",
            "X-Profile-ID",
            "X-Client-ID",
            "User-Agent",
            "traceparent");
    private static final String ASKABLE = META.replace("{}", "{\"elicitation\":{}}");
    private static final List<String> CALLED = List.of(
            "tools/call",
            "tools/list",
            "prompts/get",
            "prompts/list",
            "resources/read",
            "resources/list",
            "resources/templates/list",
            "resources/subscribe",
            "completion/complete",
            "logging/setLevel",
            "initialize",
            "ping",
            "server/discover",
            "subscriptions/listen");
    private static final List<String> PARAMS = List.of(
            "\"name\":\"count\"",
            "\"name\":\"cancel\",\"requestState\":\"$P\",\"inputResponses\":{}",
            "\"name\":\"address\",\"arguments\":{\"region\":\"EU\",\"amount\":42}",
            "\"name\":\"execute_endpoint\",\"arguments\":{\"endpoint_id\":\"getOrder\",\"path_params\":{\"orderId\":7}}",
            "\"name\":\"list_endpoints\",\"arguments\":{\"query\":\"order\"}",
            "\"name\":\"greet\",\"arguments\":{\"name\":\"Ada\"}",
            "\"uri\":\"orders://order/7\"",
            "\"cursor\":\"$C\"",
            "\"ref\":{\"type\":\"ref/prompt\",\"name\":\"greet\"},\"argument\":{\"name\":\"name\",\"value\":\"Ali\"}",
            "\"notifications\":{\"toolsListChanged\":true,\"resourceSubscriptions\":[\"orders://about\"]}");
    private static final Map<String, String> USUAL = Map.of(
            "Host", "localhost:8080",
            "Content-Type", "application/json",
            "Accept", "application/json, text/event-stream",
            "Authorization", "Bearer key:writer");

    static RawInput of(byte[] input, UnaryOperator<String> genuine) {
        String text = new String(input, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\n\n");
        String[] lines = (end < 0 ? text : text.substring(0, end)).split("\n", -1);
        String body = end < 0 ? "" : text.substring(end + 2);
        List<HttpField> headers = new ArrayList<>();
        Set<String> marks = new HashSet<>();
        Set<String> given = new HashSet<>();
        for (int i = 1; i < lines.length; i++) {
            if (lines[i].startsWith("!")) {
                marks.add(lines[i].substring(1));
            } else {
                add(lines[i], genuine, headers, given);
            }
        }
        USUAL.forEach((name, value) -> addUnless(given, headers, name, value));
        return new RawInput(method(lines[0]), headers, body(body, genuine, headers, given), marks);
    }

    /** The body; in the text each character is one of its bytes. */
    byte[] body() {
        return octets.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String method(String line) {
        return line.length() > 1 ? line : METHODS.get(line.isEmpty() ? 0 : line.charAt(0) % METHODS.size());
    }

    /** What a container would not let through is left out. */
    private static void add(String line, UnaryOperator<String> genuine, List<HttpField> headers, Set<String> given) {
        int colon = line.indexOf(':');
        if (colon < 1) {
            return;
        }
        String name = colon == 1 ? NAMES.get(line.charAt(0) % NAMES.size()) : line.substring(0, colon);
        String value = expanded(line.substring(colon + 1).stripLeading(), genuine);
        given.add(name.toLowerCase(Locale.ROOT));
        if (!value.equals("(none)") && HttpField.isToken(name) && HttpField.isFieldValue(value)) {
            headers.add(new HttpField(name, value));
        }
    }

    private static void addUnless(Set<String> given, List<HttpField> headers, String name, String value) {
        if (!given.contains(name.toLowerCase(Locale.ROOT))) {
            headers.add(new HttpField(name, value));
        }
    }

    /** A text of one letter is drawn from those that matter. */
    private static String drawn(String text, List<String> words) {
        return text.length() == 1 ? words.get(text.charAt(0) % words.size()) : text;
    }

    private static String body(String sent, UnaryOperator<String> genuine, List<HttpField> headers, Set<String> given) {
        boolean modern = sent.startsWith("%");
        if (!modern && !sent.startsWith("@")) {
            return expanded(sent, genuine);
        }
        int space = (sent + " ").indexOf(' ');
        String method = expanded(drawn(sent.substring(1, space), CALLED), genuine);
        String params = expanded(drawn(sent.substring(Math.min(space + 1, sent.length())), PARAMS), genuine);
        if (!modern) {
            return OrdersEndpoint.request(method, params);
        }
        String request = OrdersEndpoint.request(method, ASKABLE + (params.isEmpty() ? "" : "," + params));
        addUnless(given, headers, "MCP-Protocol-Version", MODERN);
        if (HttpField.isFieldValue(method)) {
            addUnless(given, headers, "Mcp-Method", method);
        }
        if (new StrictJson(JsonLimits.DEFAULT).read(request) instanceof Document document) {
            JsonNode sentParams = document.root().path("params");
            String name = sentParams
                    .path(method.equals("resources/read") ? "uri" : "name")
                    .stringValueOpt()
                    .orElse("");
            if (!name.isEmpty() && HttpField.isFieldValue(name)) {
                addUnless(given, headers, "Mcp-Name", name);
            }
        }
        return request;
    }

    private static String expanded(String text, UnaryOperator<String> genuine) {
        String expanded = text;
        for (String mark : List.of("$C", "$S", "$P")) {
            if (expanded.contains(mark)) {
                expanded = expanded.replace(mark, genuine.apply(mark));
            }
        }
        return expanded.replace("$M", META);
    }

    /** Every text that an answer may repeat, since the client knows it: as it was sent, and as a reader of JSON sees it. */
    String known() {
        StringBuilder known = new StringBuilder(httpMethod).append('\n');
        headers.forEach(field -> known.append(field).append('\n'));
        known.append(new String(body(), StandardCharsets.UTF_8)).append('\n');
        JsonNode read = json();
        if (read != null) {
            known.append(read);
        }
        return known.toString();
    }

    /** The body as JSON, or null when it is none. */
    @Nullable JsonNode json() {
        return new StrictJson(JsonLimits.DEFAULT).read(body()) instanceof Document document ? document.root() : null;
    }
}
