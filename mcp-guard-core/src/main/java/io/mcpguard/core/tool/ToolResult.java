package io.mcpguard.core.tool;

import io.mcpguard.core.guard.Refusal;
import java.util.Objects;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a tool answered.
 *
 * @param content the answer; its JSON text is what a client without structured content gets
 * @param error whether a model should take it as a failure that it may be able to correct
 * @since 0.1
 */
public record ToolResult(ObjectNode content, boolean error) {

    public ToolResult {
        Objects.requireNonNull(content, "content");
    }

    static ToolResult of(ObjectNode content) {
        return new ToolResult(content, false);
    }

    /** A refusal looks like the answer of the service that a REST caller would have got for it. */
    static ToolResult refused(Refusal refusal) {
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        content.put("status", refusal.reason().httpStatus());
        content.put("content_type", Refusal.PROBLEM_TYPE);
        ObjectNode headers = content.putObject("headers");
        if (refusal.retryAfterSeconds() > 0) {
            headers.put("Retry-After", Long.toString(refusal.retryAfterSeconds()));
        }
        content.set("body", refusal.document());
        return new ToolResult(content, true);
    }
}
