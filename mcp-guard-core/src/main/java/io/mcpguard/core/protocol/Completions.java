package io.mcpguard.core.protocol;

import io.mcpguard.core.catalog.PublishedOperation;
import io.mcpguard.core.feature.Features;
import io.mcpguard.core.guard.Guard;
import io.mcpguard.core.guard.LoggedFault;
import io.mcpguard.decision.Caller;
import io.mcpguard.feature.CompletionHandler;
import io.mcpguard.feature.PromptFeature;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Offers values for arguments of prompts and variables of resource templates. */
final class Completions {

    private static final Logger LOG = LoggerFactory.getLogger(Completions.class);

    private final Guard guard;
    private final Features features;

    Completions(Guard guard, Features features) {
        this.guard = guard;
        this.features = features;
    }

    /**
     * What is to be completed.
     *
     * @param published the prompt or template
     * @param arguments names of what it can be given
     * @param handler what offers values, if anything does
     */
    private record Target(PublishedOperation published, Set<String> arguments, Optional<CompletionHandler> handler) {}

    /** Whether a request names something of this caller's, and an argument of it. */
    Optional<RpcError> flaw(Message.Request request, Caller caller) {
        Optional<Target> target = target(request, caller);
        if (target.isEmpty()) {
            return Optional.of(RpcError.invalidParams(
                    "params.ref must name a prompt or a resource template that is listed.", "completion-ref-unknown"));
        }
        boolean known = argument(request, "name")
                .filter(target.get().arguments()::contains)
                .isPresent();
        return known && argument(request, "value").isPresent()
                ? Optional.empty()
                : Optional.of(RpcError.invalidParams(
                        "params.argument needs the name of an argument of params.ref, and a value.",
                        "completion-argument-unknown"));
    }

    /** The values for a request without a flaw. */
    List<String> values(Message.Request request, Caller caller) {
        Optional<CompletionHandler> handler = target(request, caller).flatMap(Target::handler);
        if (handler.isEmpty()) {
            return List.of();
        }
        Map<String, String> chosen = new LinkedHashMap<>();
        request.param("context")
                .map(context -> context.path("arguments"))
                .ifPresent(given -> given.forEachEntry(
                        (name, value) -> value.stringValueOpt().ifPresent(text -> chosen.put(name, text))));
        try {
            List<String> values = handler.get()
                    .complete(
                            argument(request, "name").orElseThrow(),
                            argument(request, "value").orElseThrow(),
                            chosen,
                            caller);
            return Objects.requireNonNull(values, "values");
        } catch (RuntimeException e) {
            LOG.warn("A completion failed; nothing is offered", LoggedFault.of(e));
            return List.of();
        }
    }

    private Optional<Target> target(Message.Request request, Caller caller) {
        JsonNode ref = request.param("ref").orElse(null);
        if (ref == null) {
            return Optional.empty();
        }
        String type = ref.path("type").stringValueOpt().orElse("");
        Optional<Target> found = switch (type) {
            case "ref/prompt" ->
                ref.path("name")
                        .stringValueOpt()
                        .flatMap(features::prompt)
                        .map(prompt -> new Target(
                                prompt.published(),
                                prompt.feature().arguments().stream()
                                        .map(PromptFeature.Argument::name)
                                        .collect(Collectors.toSet()),
                                prompt.feature().completion()));
            case "ref/resource" ->
                ref.path("uri")
                        .stringValueOpt()
                        .flatMap(features::template)
                        .map(resource -> new Target(
                                resource.published(),
                                resource.feature().variables(),
                                resource.feature().completion()));
            default -> Optional.empty();
        };
        return found.filter(target -> guard.allows(caller, target.published()));
    }

    private static Optional<String> argument(Message.Request request, String member) {
        return request.param("argument").map(argument -> argument.path(member)).flatMap(JsonNode::stringValueOpt);
    }
}
