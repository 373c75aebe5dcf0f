package io.mcpguard.core.tool;

import io.mcpguard.core.catalog.Catalog;
import io.mcpguard.core.catalog.CompiledSchema;
import io.mcpguard.core.catalog.PublishedOperation;
import io.mcpguard.core.catalog.SchemaProblem;
import io.mcpguard.core.guard.Guard;
import io.mcpguard.core.guard.GuardedCall;
import io.mcpguard.core.guard.Opening;
import io.mcpguard.core.guard.Refusal;
import io.mcpguard.core.invocation.ArgumentBinder;
import io.mcpguard.core.invocation.Arguments;
import io.mcpguard.core.invocation.Binding;
import io.mcpguard.core.json.StrictJson;
import io.mcpguard.credential.Principal;
import io.mcpguard.decision.Decision.Deny;
import io.mcpguard.decision.Reason;
import io.mcpguard.error.InvocationException;
import io.mcpguard.invocation.OperationCall;
import io.mcpguard.invocation.OperationInvoker;
import io.mcpguard.invocation.OperationResult;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls one operation through the service's own stack.
 *
 * <p>In order: find it for this caller, decide and reserve, bind the arguments, record the intent, invoke, record the outcome,
 * answer. No thread waits while the service works.
 */
final class ExecuteEndpoint implements Tool {

    static final Set<String> ARGUMENTS = Set.of("endpoint_id", "path_params", "query_params", "headers", "body");

    private static final Logger LOG = LoggerFactory.getLogger(ExecuteEndpoint.class);

    private final Guard guard;
    private final ArgumentBinder binder;
    private final OperationInvoker invoker;
    private final KeptArguments kept;
    private final ToolSettings settings;
    private final Executor afterwards;
    private final StrictJson json;

    ExecuteEndpoint(
            Guard guard,
            Catalog catalog,
            OperationInvoker invoker,
            KeptArguments kept,
            ToolSettings settings,
            Executor afterwards,
            StrictJson json) {
        this.guard = guard;
        this.binder = new ArgumentBinder(catalog);
        this.invoker = invoker;
        this.kept = kept;
        this.settings = settings;
        this.afterwards = afterwards;
        this.json = json;
    }

    @Override
    public CompletionStage<ToolResult> call(ToolCall call) {
        ToolArguments arguments = new ToolArguments(call.arguments(), ARGUMENTS, json);
        String id = arguments.requiredText("endpoint_id");
        if (id.isEmpty()) {
            return refused(unfit(call, arguments.problems()));
        }
        Optional<PublishedOperation> found = guard.find(call.caller(), id);
        if (found.isEmpty()) {
            return refused(guard.unavailable(call.facts(), call.caller(), id));
        }
        Opening opening = guard.open(call.facts(), call.caller(), found.get());
        return opening instanceof GuardedCall guarded ? prepare(call, arguments, guarded) : refused((Refusal) opening);
    }

    private Refusal unfit(ToolCall call, List<SchemaProblem> problems) {
        Refusal refusal = guard.refuse(call.facts(), call.caller(), new Deny(Reason.ARGUMENTS_INVALID));
        return Tools.withProblems(refusal, problems);
    }

    private CompletionStage<ToolResult> prepare(ToolCall call, ToolArguments given, GuardedCall guarded) {
        PublishedOperation operation = guarded.operation();
        OperationCall request;
        Optional<Refusal> refusal;
        try {
            Arguments arguments = read(given, operation);
            List<SchemaProblem> problems = given.problems();
            Binding binding = problems.isEmpty() ? binder.bind(operation, arguments) : new Binding.Unfit(problems);
            if (binding instanceof Binding.Unfit unfit) {
                return refused(guarded.refuse(new Deny(Reason.ARGUMENTS_INVALID), unfit.problems()));
            }
            Binding.Bound bound = (Binding.Bound) binding;
            request = build(call, guarded, bound);
            refusal = guarded.begin(kept.of(operation, normalized(arguments)), bound.body().length);
        } catch (RuntimeException | StackOverflowError e) {
            // A schema that refers to itself or a pattern with groups can use up the stack on an input made for it.
            LOG.error("Call {} could not be prepared and is refused", guarded.callId(), e);
            return refused(guarded.refuse(new Deny(Reason.GUARD_UNAVAILABLE, "preparation-failed"), List.of()));
        }
        return refusal.isPresent() ? refused(refusal.get()) : invoke(guarded, request);
    }

    private Arguments read(ToolArguments given, PublishedOperation operation) {
        return new Arguments(
                given.object("path_params"),
                given.object("query_params"),
                given.object("headers"),
                body(given, operation));
    }

    /**
     * A text is unwrapped only where the operation declares an object or array, so that a text meant as text stays one. Null is
     * "no body" unless the operation takes null for one.
     */
    private static @Nullable JsonNode body(ToolArguments given, PublishedOperation operation) {
        Optional<CompiledSchema> schema = operation.bodySchema();
        JsonNode body = given.any("body").orElse(null);
        if (body == null) {
            return null;
        }
        if (body.isNull()) {
            boolean taken = schema.filter(s -> s.check(body).isEmpty()).isPresent();
            return taken ? body : null;
        }
        return schema.filter(CompiledSchema::declaresStructure).isPresent() ? given.unwrapped(body) : body;
    }

    private static ObjectNode normalized(Arguments arguments) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.set("path_params", arguments.path());
        tree.set("query_params", arguments.query());
        tree.set("headers", arguments.headers());
        arguments.bodyIfGiven().ifPresent(body -> tree.set("body", body));
        return tree;
    }

    private OperationCall build(ToolCall call, GuardedCall guarded, Binding.Bound bound) {
        OperationCall.Builder request = OperationCall.builder(
                        guarded.callId(), guarded.operation().operation().method(), bound.rawPath(), call.origin())
                .rawQuery(bound.rawQuery().orElse(null))
                .header("Accept", "application/json, */*;q=0.8")
                .body(bound.body())
                .timeout(settings.timeout())
                .maxResponseBytes(settings.maxResponseBytes());
        bound.headers().forEach(field -> request.header(field.name(), field.value()));
        Principal principal = guarded.caller().principal();
        if (principal.source() == Principal.Source.GUARD) {
            // The guard's own key means nothing to the service, so it never leaves the guard.
            request.principal(principal);
        } else {
            call.authorization().ifPresent(value -> request.header("Authorization", value));
        }
        return request.build();
    }

    private CompletionStage<ToolResult> invoke(GuardedCall guarded, OperationCall request) {
        CompletionStage<OperationResult> running;
        try {
            running = Objects.requireNonNull(invoker.invoke(request), "the invoker's stage");
        } catch (RuntimeException e) {
            running = CompletableFuture.failedStage(e);
        }
        CompletableFuture<ToolResult> answer = new CompletableFuture<>();
        running.whenComplete((result, failure) -> {
            Runnable rest = () -> complete(answer, guarded, result, failure);
            try {
                afterwards.execute(rest);
            } catch (RejectedExecutionException e) {
                // The outcome is owed to the record and the permit to the limiter, whatever thread is left to do it.
                rest.run();
            }
        });
        return answer;
    }

    private static void complete(
            CompletableFuture<ToolResult> answer,
            GuardedCall guarded,
            @Nullable OperationResult result,
            @Nullable Throwable failure) {
        try {
            answer.complete(finish(guarded, result, failure));
        } catch (RuntimeException | Error e) {
            answer.completeExceptionally(e);
        }
    }

    private static ToolResult finish(
            GuardedCall guarded, @Nullable OperationResult result, @Nullable Throwable failure) {
        if (result == null) {
            return ToolResult.refused(failed(guarded, failure));
        }
        return guarded.end(result.status(), result.body().length)
                .map(ToolResult::refused)
                .orElseGet(() -> ServiceAnswer.of(result));
    }

    private static Refusal failed(GuardedCall guarded, @Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof InvocationException invocation) {
            LOG.warn("Call {} got no answer: {}", guarded.callId(), invocation.code(), invocation);
            boolean busy = invocation.code().equals("invoker-overloaded");
            return guarded.failed(busy ? Reason.SERVICE_BUSY : Reason.NO_ANSWER, invocation.code());
        }
        LOG.error("Call {} got no answer: the invoker failed", guarded.callId(), cause);
        return guarded.failed(Reason.NO_ANSWER, "invoker-failed");
    }

    private static CompletionStage<ToolResult> refused(Refusal refusal) {
        return CompletableFuture.completedStage(ToolResult.refused(refusal));
    }
}
