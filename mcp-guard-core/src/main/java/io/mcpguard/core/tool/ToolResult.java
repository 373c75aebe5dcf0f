package io.mcpguard.core.tool;

import io.mcpguard.core.guard.Refusal;
import io.mcpguard.core.json.JsonOutput;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a tool answered.
 *
 * @param text the answer for a model to read
 * @param structured the same as JSON, of any type, or empty when there is only the text
 * @param error whether a model should take it as a failure that it may be able to correct
 * @since 0.1
 */
public record ToolResult(String text, Optional<JsonNode> structured, boolean error) {

    public ToolResult {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(structured, "structured");
    }

    static ToolResult of(JsonNode content, boolean error) {
        return new ToolResult(JsonOutput.text(content), Optional.of(content), error);
    }

    static ToolResult ofText(String text, boolean error) {
        return new ToolResult(text, Optional.empty(), error);
    }

    /** Without what would have to fit a schema that the tool declares for its successes. */
    ToolResult asTextWhenError() {
        return error ? asText() : this;
    }

    /**
     * Leaves out the structured part, which would have to fit a schema that a tool declares.
     *
     * @return the text alone
     */
    public ToolResult asText() {
        return ofText(text, error);
    }

    /**
     * Writes a refusal so that it looks like the answer of the service that a REST caller would have got for it.
     *
     * @param refusal the recorded refusal
     * @return the result, an error
     */
    public static ToolResult refused(Refusal refusal) {
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        content.put("status", refusal.reason().httpStatus());
        content.put("content_type", Refusal.PROBLEM_TYPE);
        ObjectNode headers = content.putObject("headers");
        if (refusal.retryAfterSeconds() > 0) {
            headers.put("Retry-After", Long.toString(refusal.retryAfterSeconds()));
        }
        content.set("body", refusal.document());
        return of(content, true);
    }
}
