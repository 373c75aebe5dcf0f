package io.mcpguard.core.tool;

import io.mcpguard.catalog.Response;
import io.mcpguard.core.catalog.CompiledSchema;
import io.mcpguard.core.catalog.PublishedOperation;
import io.mcpguard.core.catalog.SchemaProblem;
import io.mcpguard.core.json.JsonOutput;
import io.mcpguard.core.tool.ServiceAnswer.Body;
import io.mcpguard.invocation.OperationResult;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Shows the answer of an operation as the answer of a tool of its own: the body itself.
 *
 * <p>What the tool declares as its output holds for every success. An answer that does not fit is shown as text and as an error,
 * because a client would throw it away otherwise, and it says that the call was carried out.
 */
final class DirectAnswer {

    private static final Logger LOG = LoggerFactory.getLogger(DirectAnswer.class);
    private static final int LONGEST_POINTER = 200;

    private final String operation;
    private final Optional<CompiledSchema> declared;
    private final AtomicBoolean warned = new AtomicBoolean();

    DirectAnswer(PublishedOperation operation) {
        this.operation = operation.id();
        this.declared = declaredBy(operation);
    }

    /** The one schema of JSON that all documented successes have. Where they differ, none holds for every success. */
    private static Optional<CompiledSchema> declaredBy(PublishedOperation operation) {
        List<Response> successes = operation.operation().responses().stream()
                .filter(response -> response.status() / 100 == 2)
                .toList();
        boolean json = successes.stream()
                .allMatch(response ->
                        response.contentType().filter(ServiceAnswer::isJson).isPresent());
        List<Optional<CompiledSchema>> schemas =
                successes.stream().map(operation::schemaOf).toList();
        boolean one = json
                && schemas.stream()
                                .map(schema -> schema.map(CompiledSchema::document))
                                .distinct()
                                .count()
                        == 1;
        return one
                ? schemas.get(0)
                        .filter(schema -> schema.document().isObject()
                                && !schema.document().isEmpty())
                : Optional.empty();
    }

    /** The schema to announce; as a document of its own its references hold. */
    Optional<JsonNode> schema() {
        return declared.map(CompiledSchema::document);
    }

    ToolResult of(OperationResult result) {
        Optional<Body> body = ServiceAnswer.bodyOf(result);
        boolean success = result.status() / 100 == 2;
        Optional<JsonNode> json =
                body.filter(shown -> success && shown.form() == Body.Form.JSON).map(Body::value);
        if (declared.isPresent() && result.status() < 400) {
            Optional<String> misfit = json.isPresent() ? misfit(declared.get(), json.get()) : Optional.of("");
            if (misfit.isPresent()) {
                return unfit(result, body, misfit.get());
            }
        }
        if (json.isPresent()) {
            return ToolResult.of(json.get(), false);
        }
        boolean readable = success
                && !result.truncated()
                && body.filter(shown -> shown.form() == Body.Form.TEXT).isPresent();
        return readable
                ? ToolResult.ofText(body.get().value().stringValue(), false)
                : ToolResult.ofText(JsonOutput.text(ServiceAnswer.of(result, body)), result.status() >= 400);
    }

    /** Where the answer does not fit. One that cannot be checked does not. */
    private static Optional<String> misfit(CompiledSchema schema, JsonNode answer) {
        try {
            return schema.check(answer).stream().findFirst().map(SchemaProblem::pointer);
        } catch (RuntimeException | StackOverflowError e) {
            return Optional.of("");
        }
    }

    private ToolResult unfit(OperationResult result, Optional<Body> body, String pointer) {
        if (warned.compareAndSet(false, true)) {
            LOG.warn(
                    "An answer of {} with status {} does not fit its documented schema at '{}'; direct tools show such"
                            + " answers as errors. Correct the schema of the response. Said once",
                    operation,
                    result.status(),
                    shown(pointer));
        }
        return ToolResult.ofText(
                "The call was carried out with status " + result.status()
                        + ", but the answer does not fit the declared output schema.\n"
                        + JsonOutput.text(ServiceAnswer.of(result, body)),
                true);
    }

    /** Names in a pointer may come from the answer. */
    private static String shown(String pointer) {
        return pointer.substring(0, Math.min(pointer.length(), LONGEST_POINTER)).replaceAll("\\p{Cntrl}", "?");
    }
}
