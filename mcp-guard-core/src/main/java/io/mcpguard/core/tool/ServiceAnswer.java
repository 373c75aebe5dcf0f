package io.mcpguard.core.tool;

import io.mcpguard.core.json.JsonLimits;
import io.mcpguard.core.json.JsonReading.Document;
import io.mcpguard.core.json.StrictJson;
import io.mcpguard.invocation.HttpField;
import io.mcpguard.invocation.OperationResult;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Shows a response of the service to a model: status, content type, a few headers, and the body as faithfully as JSON can. */
final class ServiceAnswer {

    /** What helps with the next call. Everything else stays with the service, cookies above all. */
    private static final List<String> HEADERS = List.of(
            "Location",
            "Content-Location",
            "Content-Disposition",
            "Content-Language",
            "Content-Range",
            "ETag",
            "Last-Modified",
            "Link",
            "Allow",
            "Retry-After",
            "Deprecation",
            "Sunset");

    private static final Pattern CHARSET =
            Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\\s\";]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern TEXT = Pattern.compile(
            "text/.+|application/(.+\\+)?(json|xml|yaml|x-yaml|x-ndjson|jsonl|javascript|x-www-form-urlencoded|graphql)"
                    + "|application/(json|xml)-seq|.+\\+(json|xml)");

    private static final int DEEPEST = 256;

    /** The service's own answer is as large as it was let become; only what has no end in itself is bounded. */
    private static final StrictJson JSON = new StrictJson(
            new JsonLimits(Integer.MAX_VALUE, DEEPEST, Integer.MAX_VALUE, 4096, 10_000, Integer.MAX_VALUE));

    private ServiceAnswer() {}

    /** A body as faithfully as JSON can show it. */
    record Body(Form form, JsonNode value) {

        enum Form {
            /** The value is what the body says. */
            JSON,
            /** The value is a string with the text of the body. */
            TEXT,
            /** The value is a string with the bytes of the body in Base64. */
            BASE64
        }
    }

    static ObjectNode of(OperationResult result) {
        return of(result, bodyOf(result));
    }

    static ObjectNode of(OperationResult result, Optional<Body> body) {
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        content.put("status", result.status());
        result.header("Content-Type").ifPresent(value -> content.put("content_type", value));
        ObjectNode headers = content.putObject("headers");
        for (String name : HEADERS) {
            String values = result.headers().stream()
                    .filter(field -> field.isNamed(name))
                    .map(HttpField::value)
                    .collect(Collectors.joining(", "));
            if (!values.isEmpty()) {
                headers.put(name, values);
            }
        }
        body.ifPresent(shown -> {
            content.set("body", shown.value());
            if (shown.form() == Body.Form.BASE64) {
                content.put("body_encoding", "base64");
            }
        });
        if (result.truncated()) {
            content.put("truncated", true);
        }
        return content;
    }

    /** The body, or empty when there is none. */
    static Optional<Body> bodyOf(OperationResult result) {
        return result.body().length == 0
                ? Optional.empty()
                : Optional.of(body(result, result.header("Content-Type").orElse("")));
    }

    static boolean isJson(String contentType) {
        String type = bare(contentType);
        return type.equals("application/json") || type.endsWith("+json");
    }

    private static String bare(String contentType) {
        return contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private static Body body(OperationResult result, String contentType) {
        if (isJson(contentType) && !result.truncated()) {
            if (JSON.read(result.body()) instanceof Document document) {
                return new Body(Body.Form.JSON, document.root());
            }
        }
        String type = bare(contentType);
        Optional<String> text = type.isEmpty() || TEXT.matcher(type).matches()
                ? text(result, charsetOf(contentType))
                : Optional.empty();
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return text.map(readable -> new Body(Body.Form.TEXT, nodes.stringNode(readable)))
                .orElseGet(() -> new Body(
                        Body.Form.BASE64, nodes.stringNode(Base64.getEncoder().encodeToString(result.body()))));
    }

    /** The text, or empty when the bytes are none. A body that was cut may end inside a character, which is dropped. */
    private static Optional<String> text(OperationResult result, Optional<Charset> charset) {
        if (charset.isEmpty()) {
            return Optional.empty();
        }
        CharsetDecoder decoder = charset.get().newDecoder();
        ByteBuffer bytes = ByteBuffer.wrap(result.body());
        CharBuffer chars =
                CharBuffer.allocate((int) Math.ceil(result.body().length * (double) decoder.maxCharsPerByte()) + 1);
        CoderResult decoded = decoder.decode(bytes, chars, !result.truncated());
        if (decoded.isError()) {
            return Optional.empty();
        }
        return Optional.of(chars.flip().toString());
    }

    private static Optional<Charset> charsetOf(String contentType) {
        Matcher charset = CHARSET.matcher(contentType);
        if (!charset.find()) {
            return Optional.of(StandardCharsets.UTF_8);
        }
        try {
            return Optional.of(Charset.forName(charset.group(1)));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return Optional.empty();
        }
    }
}
