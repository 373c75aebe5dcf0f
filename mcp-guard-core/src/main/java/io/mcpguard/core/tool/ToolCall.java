package io.mcpguard.core.tool;

import io.mcpguard.core.guard.RequestFacts;
import io.mcpguard.decision.Caller;
import io.mcpguard.invocation.CallOrigin;
import io.mcpguard.invocation.HttpField;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * One call of one tool by an identified caller.
 *
 * @param tool name of the tool
 * @param arguments its arguments, an empty object when none were given
 * @param facts what is known of the request
 * @param caller who calls
 * @param origin the connection of the caller's request
 * @param authorization the caller's Authorization header as sent; passed on only when the service's own security established
 *     the principal
 * @param trace header fields that name the caller's place in a trace (W3C Trace Context), for the service's own tracing
 * @since 0.1
 */
public record ToolCall(
        String tool,
        ObjectNode arguments,
        RequestFacts facts,
        Caller caller,
        CallOrigin origin,
        Optional<String> authorization,
        List<HttpField> trace) {

    public ToolCall {
        Objects.requireNonNull(tool, "tool");
        Objects.requireNonNull(arguments, "arguments");
        Objects.requireNonNull(facts, "facts");
        Objects.requireNonNull(caller, "caller");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(authorization, "authorization");
        trace = List.copyOf(trace);
    }

    /** Names the tool only: arguments and credentials do not belong in a log. */
    @Override
    public String toString() {
        return "ToolCall[" + tool + "]";
    }
}
