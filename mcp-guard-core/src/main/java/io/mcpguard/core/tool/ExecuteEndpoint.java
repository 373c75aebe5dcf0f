package io.mcpguard.core.tool;

import io.mcpguard.core.catalog.PublishedOperation;
import io.mcpguard.core.catalog.SchemaProblem;
import io.mcpguard.core.guard.Guard;
import io.mcpguard.core.guard.Refusal;
import io.mcpguard.core.invocation.Arguments;
import io.mcpguard.core.json.StrictJson;
import io.mcpguard.decision.Decision.Deny;
import io.mcpguard.decision.Reason;
import io.mcpguard.invocation.OperationResult;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Calls the operation that an argument names; the others are grouped by where they go in the request. */
final class ExecuteEndpoint implements Tool, OperationCalls.Form {

    static final Set<String> ARGUMENTS = Set.of("endpoint_id", "path_params", "query_params", "headers", "body");

    private final Guard guard;
    private final OperationCalls calls;
    private final StrictJson json;

    ExecuteEndpoint(Guard guard, OperationCalls calls, StrictJson json) {
        this.guard = guard;
        this.calls = calls;
        this.json = json;
    }

    @Override
    public CompletionStage<ToolResult> call(ToolCall call) {
        ToolArguments arguments = new ToolArguments(call.arguments(), ARGUMENTS, json);
        String id = arguments.requiredText("endpoint_id");
        if (id.isEmpty()) {
            Refusal refusal = guard.refuse(call.facts(), call.caller(), new Deny(Reason.ARGUMENTS_INVALID));
            return OperationCalls.refused(Tools.withProblems(refusal, arguments.problems()));
        }
        return calls.call(call, id, arguments, this);
    }

    @Override
    public Arguments read(ToolArguments given, PublishedOperation operation) {
        return new Arguments(
                given.object("path_params"),
                given.object("query_params"),
                given.object("headers"),
                OperationCalls.body(given, operation));
    }

    /** The groups are named in the problem as in the request: {@code /path/orderId}. */
    @Override
    public SchemaProblem named(SchemaProblem problem) {
        return problem;
    }

    @Override
    public ToolResult shown(OperationResult result) {
        return ToolResult.of(ServiceAnswer.of(result), result.status() >= 400);
    }
}
