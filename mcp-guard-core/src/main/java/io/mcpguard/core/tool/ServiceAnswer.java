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

    private ServiceAnswer() {}

    static ToolResult of(OperationResult result) {
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        content.put("status", result.status());
        Optional<String> type = result.header("Content-Type");
        type.ifPresent(value -> content.put("content_type", value));
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
        if (result.body().length > 0) {
            body(result, type.orElse(""), content);
        }
        if (result.truncated()) {
            content.put("truncated", true);
        }
        return new ToolResult(content, result.status() >= 400);
    }

    private static void body(OperationResult result, String contentType, ObjectNode content) {
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        boolean json = type.equals("application/json") || type.endsWith("+json");
        if (json && !result.truncated()) {
            JsonLimits limits = new JsonLimits(
                    result.body().length, DEEPEST, result.body().length, 4096, 10_000, Integer.MAX_VALUE);
            if (new StrictJson(limits).read(result.body()) instanceof Document document) {
                content.set("body", document.root());
                return;
            }
        }
        Optional<String> text = type.isEmpty() || TEXT.matcher(type).matches()
                ? text(result, charsetOf(contentType))
                : Optional.empty();
        if (text.isPresent()) {
            content.put("body", text.get());
        } else {
            content.put("body", Base64.getEncoder().encodeToString(result.body()));
            content.put("body_encoding", "base64");
        }
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
