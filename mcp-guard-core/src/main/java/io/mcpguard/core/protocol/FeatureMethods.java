package io.mcpguard.core.protocol;

import io.mcpguard.answer.CapabilityRequired;
import io.mcpguard.answer.ClientCapability;
import io.mcpguard.answer.InputRequest;
import io.mcpguard.answer.InputRequired;
import io.mcpguard.answer.PromptAnswer;
import io.mcpguard.answer.ResourceAnswer;
import io.mcpguard.answer.ToolAnswer;
import io.mcpguard.core.catalog.DeclaredNames;
import io.mcpguard.core.catalog.PublishedOperation;
import io.mcpguard.core.catalog.SchemaProblem;
import io.mcpguard.core.feature.PublishedPrompt;
import io.mcpguard.core.feature.PublishedResource;
import io.mcpguard.core.feature.PublishedTool;
import io.mcpguard.core.guard.Guard;
import io.mcpguard.core.guard.GuardedCall;
import io.mcpguard.core.guard.LoggedFault;
import io.mcpguard.core.guard.Opening;
import io.mcpguard.core.guard.Refusal;
import io.mcpguard.core.json.JavaValues;
import io.mcpguard.core.json.JsonOutput;
import io.mcpguard.core.mask.ArgumentMask;
import io.mcpguard.core.tool.ToolResult;
import io.mcpguard.decision.Decision.Deny;
import io.mcpguard.decision.Reason;
import io.mcpguard.feature.FeatureHandler;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls features of the service's own. In order: decide and reserve, check the arguments, record the intent, run, record the
 * outcome, answer.
 */
final class FeatureMethods {

    private static final Logger LOG = LoggerFactory.getLogger(FeatureMethods.class);

    private final Guard guard;
    private final ArgumentMask mask;
    private final RequestStates states;
    private final Results results;
    private final FeatureRuns runs;

    FeatureMethods(Guard guard, ArgumentMask mask, RequestStates states, Results results, FeatureRuns runs) {
        this.guard = guard;
        this.mask = mask;
        this.states = states;
        this.results = results;
        this.runs = runs;
    }

    /** One request for one feature. */
    private record Attempt(
            Message.Request request,
            Revision revision,
            Context context,
            PublishedOperation published,
            DeclaredNames declared,
            ObjectNode arguments,
            String uri,
            Function<Refusal, RpcAnswer> refused) {

        RequestStates.Subject subject() {
            return new RequestStates.Subject(
                    request.method(),
                    published.id(),
                    uri.isEmpty() ? arguments : arguments.deepCopy().put("uri", uri));
        }
    }

    CompletionStage<RpcAnswer> tool(
            Message.Request request, PublishedTool tool, ObjectNode arguments, Revision revision, Context context) {
        Attempt attempt = new Attempt(
                request,
                revision,
                context,
                tool.published(),
                tool.declared(),
                arguments,
                "",
                refusal -> RpcAnswer.result(
                        request.id(), results.called(ToolResult.refused(refusal).asText(), revision)));
        return attempt(
                attempt,
                () -> tool.input().check(arguments),
                tool.feature().handler(),
                answer -> answered(attempt, tool, answer));
    }

    CompletionStage<RpcAnswer> prompt(
            Message.Request request, PublishedPrompt prompt, ObjectNode arguments, Revision revision, Context context) {
        Attempt attempt = new Attempt(
                request,
                revision,
                context,
                prompt.published(),
                prompt.declared(),
                arguments,
                "",
                refusedInProtocol(request));
        return attempt(
                attempt,
                () -> PromptArguments.problems(prompt.feature(), arguments),
                prompt.feature().handler(),
                answer -> answered(attempt, answer));
    }

    CompletionStage<RpcAnswer> resource(
            Message.Request request,
            PublishedResource resource,
            String uri,
            ObjectNode variables,
            Revision revision,
            Context context) {
        Attempt attempt = new Attempt(
                request,
                revision,
                context,
                resource.published(),
                resource.template().names(),
                variables,
                uri,
                refusedInProtocol(request));
        return attempt(attempt, List::of, resource.feature().handler(), answer -> answered(attempt, answer));
    }

    private static Function<Refusal, RpcAnswer> refusedInProtocol(Message.Request request) {
        return refusal -> refusal.reason() == Reason.ARGUMENTS_INVALID
                ? RpcAnswer.error(
                        request.id(),
                        200,
                        RpcError.INVALID_PARAMS,
                        refusal.reason().sentence(),
                        refusal.document(),
                        List.of())
                : RpcAnswer.refused(request.id(), refusal);
    }

    /** What is wrong with the arguments of a call. */
    private interface Check {
        List<SchemaProblem> problems();
    }

    private <A> CompletionStage<RpcAnswer> attempt(
            Attempt attempt, Check check, FeatureHandler<A> handler, Function<A, FeatureRuns.Ending> ending) {
        Context context = attempt.context();
        Opening opening = guard.open(context.facts(), context.caller(), attempt.published());
        if (opening instanceof Refusal refusal) {
            return done(attempt.refused().apply(refusal));
        }
        GuardedCall guarded = (GuardedCall) opening;
        RunningCall call;
        Optional<Refusal> refusal;
        try {
            List<SchemaProblem> problems = check.problems();
            if (!problems.isEmpty()) {
                return done(attempt.refused().apply(guarded.refuse(new Deny(Reason.ARGUMENTS_INVALID), problems)));
            }
            Optional<RpcError> flaw = inputFlaw(attempt);
            if (flaw.isPresent()) {
                RpcError error = flaw.get();
                return done(RpcAnswer.error(attempt.request().id(), error, guarded.refuse(error.deny(), List.of())));
            }
            call = new RunningCall(
                    guarded.callId(),
                    context.caller(),
                    JavaValues.of(attempt.arguments()),
                    attempt.uri(),
                    ClientSides.of(attempt.request(), attempt.revision()),
                    state(attempt),
                    context.reply());
            refusal = guarded.begin(
                    mask.mask(
                            attempt.published().id(),
                            attempt.declared(),
                            attempt.arguments(),
                            context.caller().profile().values()),
                    JsonOutput.bytes(attempt.arguments()).length);
        } catch (RuntimeException | StackOverflowError e) {
            // A schema that refers to itself or a pattern with groups can use up the stack on an input made for it.
            LOG.error("Call {} could not be prepared and is refused", guarded.callId(), LoggedFault.of(e));
            return done(attempt.refused()
                    .apply(guarded.refuse(new Deny(Reason.GUARD_UNAVAILABLE, "preparation-failed"), List.of())));
        }
        return refusal.isPresent()
                ? done(attempt.refused().apply(refusal.get()))
                : runs.run(guarded, call, handler, ending, attempt.refused());
    }

    private Optional<RpcError> inputFlaw(Attempt attempt) {
        if (!attempt.revision().modern()) {
            return Optional.empty();
        }
        Message.Request request = attempt.request();
        if (request.param("inputResponses").filter(given -> !given.isObject()).isPresent()) {
            return Optional.of(
                    RpcError.invalidParams("params.inputResponses must be an object.", "inputs-not-an-object"));
        }
        return request.param("requestState").isPresent() && state(attempt).isEmpty()
                ? Optional.of(RpcError.invalidParams(
                        "The requestState is not one of this call, was changed, or is too old. Send the request without it.",
                        "request-state-invalid"))
                : Optional.empty();
    }

    private Optional<String> state(Attempt attempt) {
        return attempt.request()
                .param("requestState")
                .filter(given -> attempt.revision().modern())
                .flatMap(JsonNode::stringValueOpt)
                .flatMap(text ->
                        states.open(text, attempt.subject(), attempt.context().caller()));
    }

    private FeatureRuns.Ending answered(Attempt attempt, PublishedTool tool, ToolAnswer answer) {
        if (!(answer instanceof ToolAnswer.Result result)) {
            return unfinished(attempt, answer);
        }
        if (!result.error() && tool.output().isPresent()) {
            boolean fits = result.structured()
                    .filter(structured -> tool.output()
                            .get()
                            .check(JavaValues.node(structured.value()))
                            .isEmpty())
                    .isPresent();
            if (!fits) {
                throw new IllegalArgumentException("the result does not fit the tool's own output schema");
            }
        }
        ObjectNode written = FeatureResults.tool(result, attempt.revision());
        return ending(attempt, results.finished(written, attempt.revision()), !result.error());
    }

    private FeatureRuns.Ending answered(Attempt attempt, PromptAnswer answer) {
        return answer instanceof PromptAnswer.Messages messages
                ? ending(
                        attempt,
                        results.finished(FeatureResults.prompt(messages, attempt.revision()), attempt.revision()),
                        true)
                : unfinished(attempt, answer);
    }

    private FeatureRuns.Ending answered(Attempt attempt, ResourceAnswer answer) {
        if (answer instanceof ResourceAnswer.Missing) {
            return error(
                    attempt,
                    RpcError.unknownResource(attempt.uri(), attempt.revision().modern()));
        }
        if (!(answer instanceof ResourceAnswer.Contents contents)) {
            return unfinished(attempt, answer);
        }
        boolean asked = attempt.request().param("inputResponses").isPresent();
        ObjectNode written = FeatureResults.resource(contents);
        // What came of an answer to a question is good for this request only.
        return ending(
                attempt,
                asked ? results.finished(written, attempt.revision()) : results.read(written, attempt.revision()),
                true);
    }

    /** The call needs something of the client: that it answers a question, or that it can do more than it says. */
    private FeatureRuns.Ending unfinished(Attempt attempt, Object answer) {
        if (answer instanceof CapabilityRequired required) {
            return missing(attempt, required.capabilities());
        }
        InputRequired asked = (InputRequired) answer;
        Set<ClientCapability> needed = EnumSet.noneOf(ClientCapability.class);
        asked.requests().values().stream().map(InputRequest::needs).forEach(needed::add);
        needed.removeAll(ClientSides.capabilities(attempt.request(), attempt.revision()));
        if (!needed.isEmpty() || !attempt.revision().modern()) {
            return missing(attempt, needed);
        }
        Optional<String> state = asked.state()
                .map(text ->
                        states.seal(text, attempt.subject(), attempt.context().caller()));
        ObjectNode written = results.inputRequired(FeatureResults.questions(asked.requests()), state);
        return ending(attempt, written, true);
    }

    private FeatureRuns.Ending missing(Attempt attempt, Set<ClientCapability> capabilities) {
        return attempt.revision().modern()
                ? error(attempt, RpcError.capabilityMissing(ClientSides.written(capabilities)))
                : error(
                        attempt,
                        RpcError.invalidParams(
                                "This asks the user for more, which needs a client of protocol revision 2026-07-28.",
                                "needs-modern-client"));
    }

    private static FeatureRuns.Ending error(Attempt attempt, RpcError error) {
        RpcAnswer answer = RpcAnswer.error(
                attempt.request().id(),
                error.httpStatus(),
                error.code(),
                error.message(),
                error.data(),
                error.headers());
        return new FeatureRuns.Ending(answer, false, OptionalInt.of(error.code()), 0);
    }

    private static FeatureRuns.Ending ending(Attempt attempt, ObjectNode result, boolean success) {
        byte[] json = JsonOutput.bytes(result);
        return new FeatureRuns.Ending(
                RpcAnswer.written(attempt.request().id(), json), success, OptionalInt.empty(), json.length);
    }

    private static CompletionStage<RpcAnswer> done(RpcAnswer answer) {
        return CompletableFuture.completedStage(answer);
    }
}
