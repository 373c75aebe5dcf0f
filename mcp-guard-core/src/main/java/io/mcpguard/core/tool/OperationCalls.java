package io.mcpguard.core.tool;

import io.mcpguard.core.catalog.Catalog;
import io.mcpguard.core.catalog.CompiledSchema;
import io.mcpguard.core.catalog.PublishedOperation;
import io.mcpguard.core.catalog.SchemaProblem;
import io.mcpguard.core.guard.Guard;
import io.mcpguard.core.guard.GuardedCall;
import io.mcpguard.core.guard.LoggedFault;
import io.mcpguard.core.guard.Opening;
import io.mcpguard.core.guard.Refusal;
import io.mcpguard.core.invocation.ArgumentBinder;
import io.mcpguard.core.invocation.Arguments;
import io.mcpguard.core.invocation.Binding;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls operations through the service's own stack: the one way for every tool that does.
 *
 * <p>In order: find the operation for this caller, decide and reserve, bind the arguments, record the intent, invoke, record the
 * outcome, answer. No thread waits while the service works.
 */
final class OperationCalls {

    private static final Logger LOG = LoggerFactory.getLogger(OperationCalls.class);

    private final Guard guard;
    private final ArgumentBinder binder;
    private final OperationInvoker invoker;
    private final KeptArguments kept;
    private final ToolSettings settings;

    OperationCalls(Guard guard, Catalog catalog, OperationInvoker invoker, KeptArguments kept, ToolSettings settings) {
        this.guard = guard;
        this.binder = new ArgumentBinder(catalog);
        this.invoker = invoker;
        this.kept = kept;
        this.settings = settings;
    }

    /** What a tool is like to its caller: how it takes the arguments of an operation and how it shows the answer. */
    interface Form {

        /** Reads the arguments. Problems are added to those given. */
        Arguments read(ToolArguments given, PublishedOperation operation);

        /** Says in the tool's own terms what is wrong with an argument of the operation. */
        SchemaProblem named(SchemaProblem problem);

        /** Shows what the service answered; it is on record already. */
        ToolResult shown(OperationResult result);
    }

    CompletionStage<ToolResult> call(ToolCall call, String operationId, ToolArguments given, Form form) {
        Optional<PublishedOperation> found = guard.find(call.caller(), operationId);
        if (found.isEmpty()) {
            return refused(guard.unavailable(call.facts(), call.caller(), operationId));
        }
        Opening opening = guard.open(call.facts(), call.caller(), found.get());
        return opening instanceof GuardedCall guarded
                ? prepare(call, given, guarded, form)
                : refused((Refusal) opening);
    }

    private CompletionStage<ToolResult> prepare(ToolCall call, ToolArguments given, GuardedCall guarded, Form form) {
        PublishedOperation operation = guarded.operation();
        OperationCall request;
        Optional<Refusal> refusal;
        try {
            Arguments arguments = form.read(given, operation);
            List<SchemaProblem> problems = given.problems();
            if (!problems.isEmpty()) {
                return refused(guarded.refuse(new Deny(Reason.ARGUMENTS_INVALID), problems));
            }
            Binding binding = binder.bind(operation, arguments);
            if (binding instanceof Binding.Unfit unfit) {
                List<SchemaProblem> named =
                        unfit.problems().stream().map(form::named).toList();
                return refused(guarded.refuse(new Deny(Reason.ARGUMENTS_INVALID), named));
            }
            Binding.Bound bound = (Binding.Bound) binding;
            request = build(call, guarded, bound);
            refusal = guarded.begin(kept.of(operation, call.caller(), normalized(arguments)), bound.body().length);
        } catch (RuntimeException | StackOverflowError e) {
            // A schema that refers to itself or a pattern with groups can use up the stack on an input made for it.
            LOG.error("Call {} could not be prepared and is refused", guarded.callId(), LoggedFault.of(e));
            return refused(guarded.refuse(new Deny(Reason.GUARD_UNAVAILABLE, "preparation-failed"), List.of()));
        }
        return refusal.isPresent() ? refused(refusal.get()) : invoke(guarded, request, form);
    }

    /**
     * Reads the argument {@code body}. A text is unwrapped only where the operation declares an object or array, so that a text
     * meant as text stays one. Null is "no body" unless the operation takes null for one.
     */
    static @Nullable JsonNode body(ToolArguments given, PublishedOperation operation) {
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
        call.trace().stream()
                .filter(field -> bound.headers().stream().noneMatch(own -> own.isNamed(field.name())))
                .forEach(field -> request.header(field.name(), field.value()));
        Principal principal = guarded.caller().principal();
        if (principal.source() == Principal.Source.GUARD) {
            // The guard's own key means nothing to the service, so it never leaves the guard.
            request.principal(principal);
        } else {
            call.authorization().ifPresent(value -> request.header("Authorization", value));
        }
        return request.build();
    }

    private CompletionStage<ToolResult> invoke(GuardedCall guarded, OperationCall request, Form form) {
        CompletionStage<OperationResult> running;
        try {
            running = Objects.requireNonNull(invoker.invoke(request), "the invoker's stage");
        } catch (RuntimeException e) {
            running = CompletableFuture.failedStage(e);
        }
        CompletableFuture<ToolResult> answer = new CompletableFuture<>();
        // The outcome is recorded here, on the thread that the invoker completes on (OI-4).
        running.whenComplete((result, failure) -> complete(answer, guarded, form, result, failure));
        return answer;
    }

    private static void complete(
            CompletableFuture<ToolResult> answer,
            GuardedCall guarded,
            Form form,
            @Nullable OperationResult result,
            @Nullable Throwable failure) {
        try {
            answer.complete(finish(guarded, form, result, failure));
        } catch (RuntimeException | Error e) {
            answer.completeExceptionally(e);
        }
    }

    private static ToolResult finish(
            GuardedCall guarded, Form form, @Nullable OperationResult result, @Nullable Throwable failure) {
        if (result == null) {
            return ToolResult.refused(failed(guarded, failure));
        }
        return guarded.end(result.status(), result.body().length)
                .map(ToolResult::refused)
                .orElseGet(() -> form.shown(result));
    }

    private static Refusal failed(GuardedCall guarded, @Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof InvocationException invocation) {
            LOG.warn("Call {} got no answer: {}", guarded.callId(), invocation.code(), LoggedFault.of(invocation));
            boolean busy = invocation.code().equals("invoker-overloaded");
            return guarded.failed(busy ? Reason.SERVICE_BUSY : Reason.NO_ANSWER, invocation.code());
        }
        LOG.error(
                "Call {} got no answer: the invoker failed",
                guarded.callId(),
                cause == null ? null : LoggedFault.of(cause));
        return guarded.failed(Reason.NO_ANSWER, "invoker-failed");
    }

    static CompletionStage<ToolResult> refused(Refusal refusal) {
        return CompletableFuture.completedStage(ToolResult.refused(refusal));
    }
}
