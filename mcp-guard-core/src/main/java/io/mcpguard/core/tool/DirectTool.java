package io.mcpguard.core.tool;

import io.mcpguard.catalog.Hints;
import io.mcpguard.catalog.Operation;
import io.mcpguard.core.catalog.PublishedOperation;
import io.mcpguard.core.catalog.SchemaProblem;
import io.mcpguard.core.invocation.Arguments;
import io.mcpguard.core.json.StrictJson;
import io.mcpguard.invocation.OperationResult;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One operation as a tool of its own. */
final class DirectTool implements Tool, OperationCalls.Form {

    private final PublishedOperation operation;
    private final OperationCalls calls;
    private final StrictJson json;
    private final DirectArguments arguments;
    private final DirectAnswer answer;
    private final ToolDefinition definition;

    DirectTool(PublishedOperation operation, OperationCalls calls, StrictJson json) {
        this.operation = operation;
        this.calls = calls;
        this.json = json;
        this.arguments = new DirectArguments(operation);
        this.answer = new DirectAnswer(operation);
        this.definition = define();
    }

    String operationId() {
        return operation.id();
    }

    ToolDefinition definition() {
        return definition;
    }

    private ToolDefinition define() {
        Operation described = operation.operation();
        String name = ToolNames.of(described.id());
        ObjectNode definition = JsonNodeFactory.instance.objectNode();
        definition.put("name", name);
        definition.put("title", described.title());
        definition.put("description", descriptionOf(described));
        definition.set("inputSchema", arguments.schema());
        answer.schema().ifPresent(schema -> definition.set("outputSchema", schema));
        Hints hints = described.hints();
        definition
                .putObject("annotations")
                .put("title", described.title())
                .put("readOnlyHint", hints.readOnly())
                .put("destructiveHint", hints.destructive())
                .put("idempotentHint", hints.idempotent())
                .put("openWorldHint", false);
        return new ToolDefinition(name, definition);
    }

    /** Clients do not take a tool without a description. */
    private static String descriptionOf(Operation operation) {
        return operation.description().isBlank()
                ? operation.title() + " (" + operation.method() + " " + operation.path() + ")"
                : operation.description();
    }

    @Override
    public CompletionStage<ToolResult> call(ToolCall call) {
        ToolArguments given = new ToolArguments(call.arguments(), arguments.declared(), json);
        return calls.call(call, operation.id(), given, this).thenApply(ToolResult::asTextWhenError);
    }

    @Override
    public Arguments read(ToolArguments given, PublishedOperation called) {
        return arguments.read(given);
    }

    @Override
    public SchemaProblem named(SchemaProblem problem) {
        return arguments.named(problem);
    }

    @Override
    public ToolResult shown(OperationResult result) {
        return answer.of(result);
    }
}
