package io.mcpguard.core.protocol;

import io.mcpguard.core.feature.Features;
import io.mcpguard.core.feature.PublishedPrompt;
import io.mcpguard.core.feature.PublishedResource;
import io.mcpguard.core.tool.ToolDefinition;
import io.mcpguard.decision.Caller;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** Lists what a caller is offered, page by page. */
final class Lists {

    private final Features features;
    private final Offered offered;
    private final Pages pages;
    private final Results results;

    Lists(Features features, Offered offered, Pages pages, Results results) {
        this.features = features;
        this.offered = offered;
        this.pages = pages;
        this.results = results;
    }

    /** What asking for a list comes to. */
    sealed interface Listed {

        /** There is a page, written when limit and record allow. */
        record Page(Supplier<ObjectNode> result) implements Listed {}

        /** The request is wrong. */
        record Flawed(RpcError error) implements Listed {}
    }

    /** The list that a request asks for, or empty when its method is none. */
    Optional<Listed> of(Message.Request request, Revision revision, Caller caller) {
        return switch (request.method()) {
            case "tools/list" ->
                listed(
                        request,
                        caller,
                        offered.tools(caller),
                        ToolDefinition::name,
                        page -> results.tools(page, revision));
            case "prompts/list" ->
                Capability.PROMPTS.isOffered(features)
                        ? listed(
                                request,
                                caller,
                                offered.prompts(caller),
                                (PublishedPrompt prompt) -> prompt.feature().name(),
                                page -> results.prompts(page, revision))
                        : Optional.empty();
            case "resources/list" ->
                Capability.RESOURCES.isOffered(features)
                        ? listed(
                                request,
                                caller,
                                offered.resources(caller),
                                Lists::nameOf,
                                page -> results.resources(page, revision))
                        : Optional.empty();
            case "resources/templates/list" ->
                Capability.RESOURCES.isOffered(features)
                        ? listed(
                                request,
                                caller,
                                offered.templates(caller),
                                Lists::nameOf,
                                page -> results.templates(page, revision))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static String nameOf(PublishedResource resource) {
        return resource.feature().name();
    }

    private <T> Optional<Listed> listed(
            Message.Request request,
            Caller caller,
            List<T> all,
            Function<T, String> name,
            Function<Pages.Page<T>, ObjectNode> written) {
        Optional<Pages.Page<T>> page = pages.page(request.method(), all, name, request.param("cursor"), caller);
        return Optional.of(page.<Listed>map(found -> new Listed.Page(() -> written.apply(found)))
                .orElseGet(() -> new Listed.Flawed(unknownCursor())));
    }

    private static RpcError unknownCursor() {
        return RpcError.invalidParams("The cursor is not one of this list. Start without it.", "cursor-unknown");
    }
}
