package io.mcpguard.testkit.parity;

import io.mcpguard.testkit.McpAnswer;
import io.mcpguard.testkit.McpTestClient;
import io.mcpguard.testkit.internal.JsonReader;
import io.mcpguard.testkit.internal.JsonText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The two ways into the service, over real HTTP. */
final class Doors {

    private static final Pattern CHARSET = Pattern.compile("(?i);\\s*charset=\"?([^\";\\s]+)");

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final String base;
    private final McpTestClient mcp;

    Doors(URI service, String endpoint) {
        this.base = service.toString().replaceAll("/+$", "");
        this.mcp = McpTestClient.modern(URI.create(base + endpoint));
    }

    /** Calls a tool and reads its answer, whatever it is. */
    McpAnswer tool(String tool, Map<String, ?> arguments, ParityCaller caller) {
        McpTestClient client = mcp;
        for (Map.Entry<String, String> header : caller.mcpHeaders().entrySet()) {
            client = client.header(header.getKey(), header.getValue());
        }
        return client.callTool(tool, JsonText.of(arguments));
    }

    static Tree content(McpAnswer answer) {
        return Tree.read(answer.message()).at("result").at("structuredContent");
    }

    Reply mcp(ParityCall call, ParityCaller caller) {
        Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
        arguments.put("endpoint_id", call.operation());
        group(arguments, Described.Place.PATH, call.path());
        group(arguments, Described.Place.QUERY, call.query());
        group(arguments, Described.Place.HEADER, call.headers());
        call.body().ifPresent(body -> arguments.put("body", JsonReader.read(body)));
        McpAnswer answer = tool("execute_endpoint", arguments, caller);
        Tree content = content(answer);
        if (answer.status() != 200 || !content.has("status")) {
            return new Reply(answer.status(), "", Tree.read(answer.message()).value(), false);
        }
        if (content.at("truncated").is(true)) {
            throw new AssertionError("the answer over MCP is longer than an answer may be and was cut; give " + call
                    + " arguments with a shorter one, or skip it");
        }
        return new Reply(
                content.at("status").number(),
                content.at("content_type").text(),
                content.at("body").value(),
                true);
    }

    private static void group(
            Map<String, @Nullable Object> arguments, Described.Place place, Map<String, Object> values) {
        if (!values.isEmpty()) {
            arguments.put(place.member(), values);
        }
    }

    Reply rest(ParityCall call, Described operation, ParityCaller caller) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + target(call, operation)))
                .timeout(Duration.ofSeconds(60))
                .header("Accept", "application/json, */*;q=0.8");
        caller.restHeaders().forEach(request::setHeader);
        call.headers().forEach((name, value) -> request.setHeader(name, value.toString()));
        Described.Body body = operation.body();
        if (body == null || call.body().isEmpty()) {
            request.method(operation.method(), BodyPublishers.noBody());
        } else {
            request.setHeader("Content-Type", body.contentType())
                    .method(
                            operation.method(),
                            BodyPublishers.ofString(
                                    written(body.contentType(), call.body().get())));
        }
        return reply(send(request.build()));
    }

    private static String target(ParityCall call, Described operation) {
        String path = operation.template();
        for (Map.Entry<String, Object> value : call.path().entrySet()) {
            path = path.replace("{" + value.getKey() + "}", encoded(value.getValue()));
        }
        String query = form(call.query());
        // A variable that nobody has given a value stands for itself, where the call is refused anyway.
        return path.replaceAll("\\{[^}]*}", "0") + (query.isEmpty() ? "" : "?" + query);
    }

    private static String form(Map<?, ?> values) {
        StringJoiner form = new StringJoiner("&");
        values.forEach((name, value) -> {
            for (Object each : value instanceof List<?> list ? list : List.of(value)) {
                form.add(encoded(name) + "=" + encoded(each));
            }
        });
        return form.toString();
    }

    private static String written(String contentType, String json) {
        String type = contentType.split(";", 2)[0].strip();
        Object tree = JsonReader.read(json);
        if (type.equals("application/x-www-form-urlencoded") && tree instanceof Map<?, ?> fields) {
            return form(fields);
        }
        return type.startsWith("text/") ? String.valueOf(tree) : json;
    }

    private static String encoded(Object value) {
        return URLEncoder.encode(value.toString(), StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static Reply reply(HttpResponse<byte[]> response) {
        String type = response.headers().firstValue("Content-Type").orElse("");
        return new Reply(response.statusCode(), type, body(type, response.body()), true);
    }

    /** The body in the form in which a tool result shows it. */
    private static @Nullable Object body(String type, byte[] bytes) {
        if (bytes.length == 0) {
            return null;
        }
        if (type.contains("json")) {
            try {
                return JsonReader.read(new String(bytes, StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                return new String(bytes, StandardCharsets.UTF_8);
            }
        }
        Matcher charset = CHARSET.matcher(type);
        Charset in = charset.find() ? Charset.forName(charset.group(1)) : StandardCharsets.UTF_8;
        String text = new String(bytes, in);
        boolean readable = type.isEmpty() || type.matches("(?i)(text/|application/([^;]*\\+)?(xml|yaml)).*");
        return readable && !text.contains("\uFFFD") ? text : Base64.getEncoder().encodeToString(bytes);
    }

    private HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException("no answer over REST from " + request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + request.uri(), e);
        }
    }
}
