package io.mcpguard.core.tool;

import io.mcpguard.catalog.Hints;
import io.mcpguard.catalog.Operation;
import io.mcpguard.catalog.Parameter;
import io.mcpguard.catalog.Response;
import io.mcpguard.core.catalog.PublishedOperation;
import io.mcpguard.core.guard.Guard;
import io.mcpguard.decision.Caller;
import io.mcpguard.decision.Decision.Deny;
import io.mcpguard.decision.Reason;
import io.mcpguard.limit.Limit;
import io.mcpguard.profile.Profile;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Describes one operation that the caller may call, with everything needed to call it. */
final class EndpointDetails implements Listing {

    private final Guard guard;
    private final ToolSettings settings;

    EndpointDetails(Guard guard, ToolSettings settings) {
        this.guard = guard;
        this.settings = settings;
    }

    @Override
    public Answer answer(ToolArguments arguments, Caller caller) {
        Optional<PublishedOperation> found = guard.find(caller, arguments.requiredText("endpoint_id"));
        if (found.isEmpty()) {
            return new Answer.Refused(new Deny(Reason.OPERATION_NOT_AVAILABLE, "described-unavailable-operation"));
        }
        return new Answer.Found(() -> describe(found.get(), caller));
    }

    private ObjectNode describe(PublishedOperation operation, Caller caller) {
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        ListEndpoints.describe(operation, content);
        parameters(operation, Parameter.Location.PATH, content.putArray("path_params"));
        parameters(operation, Parameter.Location.QUERY, content.putArray("query_params"));
        parameters(operation, Parameter.Location.HEADER, content.putArray("headers"));
        operation
                .operation()
                .body()
                .ifPresent(body -> content.putObject("request_body")
                        .put("required", body.required())
                        .put("content_type", body.contentType())
                        .set("schema", operation.bodySchema().orElseThrow().document()));
        responses(operation, content.putArray("responses"));
        authentication(operation.operation(), content.putObject("authentication"));
        hints(operation.operation().hints(), content.putObject("hints"));
        limits(caller.profile(), content.putObject("limits"));
        return content;
    }

    private static void parameters(PublishedOperation operation, Parameter.Location location, ArrayNode target) {
        for (Parameter parameter : operation.operation().parameters(location)) {
            ObjectNode described =
                    target.addObject().put("name", parameter.name()).put("required", parameter.required());
            if (!parameter.description().isEmpty()) {
                described.put("description", parameter.description());
            }
            JsonNode schema = operation.schemaOf(parameter).document();
            described.set("schema", schema);
        }
    }

    private static void responses(PublishedOperation operation, ArrayNode target) {
        for (Response response : operation.operation().responses()) {
            ObjectNode described =
                    target.addObject().put("status", response.status()).put("description", response.description());
            response.contentType().ifPresent(type -> described.put("content_type", type));
            operation.schemaOf(response).ifPresent(schema -> described.set("schema", schema.document()));
        }
    }

    private static void authentication(Operation operation, ObjectNode target) {
        target.put("required", true);
        target.put("how", "The credential of this connection is used; send none in the arguments.");
        ArrayNode scopes = target.putArray("scopes");
        operation.scopes().stream().sorted().forEach(scopes::add);
    }

    private static void hints(Hints hints, ObjectNode target) {
        target.put("read_only", hints.readOnly())
                .put("destructive", hints.destructive())
                .put("idempotent", hints.idempotent());
    }

    private void limits(Profile profile, ObjectNode target) {
        ArrayNode list = target.putArray("of_profile");
        for (Limit limit : profile.limits()) {
            ObjectNode described = list.addObject().put("name", limit.name());
            if (limit instanceof Limit.Rate rate) {
                described
                        .put("calls", rate.permits())
                        .put("period", rate.period().toString());
            } else if (limit instanceof Limit.Concurrency concurrency) {
                described.put("calls_at_once", concurrency.permits());
            }
        }
        target.put("timeout_seconds", settings.timeout().toSeconds());
        target.put("max_response_bytes", settings.maxResponseBytes());
    }
}
