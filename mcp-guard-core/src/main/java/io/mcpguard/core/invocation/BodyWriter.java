package io.mcpguard.core.invocation;

import io.mcpguard.core.catalog.PathTemplate;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Writes a body in the media type the operation takes. */
final class BodyWriter {

    private final JsonMapper mapper = new JsonMapper();

    /**
     * Writes a body.
     *
     * @param contentType media type, parameters allowed
     * @param body the body
     * @return the bytes, or empty when this body cannot be written in that type
     */
    Optional<byte[]> write(String contentType, JsonNode body) {
        String type = contentType.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
        if (type.equals("application/json") || type.endsWith("+json")) {
            return Optional.of(mapper.writeValueAsBytes(body));
        }
        if (type.equals("application/x-www-form-urlencoded")) {
            return form(body);
        }
        if (type.startsWith("text/")) {
            return ArgumentBinder.scalar(body)
                    .filter(PathTemplate::encodable)
                    .map(text -> text.getBytes(StandardCharsets.UTF_8));
        }
        return Optional.empty();
    }

    private static Optional<byte[]> form(JsonNode body) {
        if (!body.isObject()) {
            return Optional.empty();
        }
        StringJoiner form = new StringJoiner("&");
        for (Map.Entry<String, JsonNode> field : body.properties()) {
            Iterable<JsonNode> values = field.getValue().isArray() ? field.getValue() : List.of(field.getValue());
            for (JsonNode value : values) {
                Optional<String> text = ArgumentBinder.scalar(value).filter(PathTemplate::encodable);
                if (text.isEmpty() || !PathTemplate.encodable(field.getKey())) {
                    return Optional.empty();
                }
                form.add(PathTemplate.encode(field.getKey()) + "=" + PathTemplate.encode(text.get()));
            }
        }
        return Optional.of(form.toString().getBytes(StandardCharsets.US_ASCII));
    }
}
