package io.mcpguard.core.sink.http;

import io.mcpguard.core.json.JsonLimits;
import io.mcpguard.core.json.JsonReading;
import io.mcpguard.core.json.StrictJson;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/** What a log service answered. Its body is never shown to anybody: it may repeat what was sent. */
final class Answer {

    private static final StrictJson JSON = new StrictJson(JsonLimits.DEFAULT);

    private final int status;
    private final Optional<String> retryAfter;
    private final byte[] body;

    Answer(int status, Optional<String> retryAfter, byte[] body) {
        this.status = status;
        this.retryAfter = retryAfter;
        this.body = body;
    }

    int status() {
        return status;
    }

    Optional<String> retryAfter() {
        return retryAfter;
    }

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** The body when it is one JSON object; a cut one is none. */
    Optional<JsonNode> object() {
        return JSON.read(body) instanceof JsonReading.Document document
                        && document.root().isObject()
                ? Optional.of(document.root())
                : Optional.empty();
    }

    /** A number that stands in the body under a name. */
    OptionalInt number(String name) {
        Optional<JsonNode> value = object().map(root -> root.path(name)).filter(JsonNode::canConvertToInt);
        return value.isPresent() ? OptionalInt.of(value.get().intValue()) : OptionalInt.empty();
    }
}
