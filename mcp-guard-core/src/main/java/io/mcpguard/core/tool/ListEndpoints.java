package io.mcpguard.core.tool;

import io.mcpguard.core.catalog.Catalog;
import io.mcpguard.core.catalog.PublishedOperation;
import io.mcpguard.core.catalog.SchemaProblem;
import io.mcpguard.core.guard.Guard;
import io.mcpguard.core.seal.PageCursors;
import io.mcpguard.decision.Caller;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Lists and searches the operations that the caller may call, a page at a time. */
final class ListEndpoints implements Listing {

    static final int PAGE = 50;

    private final Guard guard;
    private final Catalog catalog;
    private final EndpointSearch search;
    private final PageCursors cursors;

    ListEndpoints(Guard guard, Catalog catalog, PageCursors cursors) {
        this.guard = guard;
        this.catalog = catalog;
        this.search = new EndpointSearch(catalog);
        this.cursors = cursors;
    }

    @Override
    public Answer answer(ToolArguments arguments, Caller caller) {
        Optional<String> collection = arguments.text("collection_id");
        Optional<String> query = arguments.text("query");
        Optional<String> cursor = arguments.text("cursor");
        List<String> listing = List.of(
                "list_endpoints",
                catalog.digest(),
                collection.map("+"::concat).orElse("-"),
                query.map("+"::concat).orElse("-"));
        OptionalInt start =
                cursor.map(text -> cursors.offset(text, caller, listing)).orElse(OptionalInt.of(0));
        if (start.isEmpty()) {
            arguments.problems().add(new SchemaProblem("/cursor", "is not a cursor of this listing; start without it"));
        }
        return new Answer.Found(() -> page(caller, collection, query, start.orElse(0), listing));
    }

    private ObjectNode page(
            Caller caller, Optional<String> collection, Optional<String> query, int start, List<String> listing) {
        List<PublishedOperation> visible = guard.visible(caller).stream()
                .filter(operation ->
                        collection.map(operation.product().id()::equals).orElse(true))
                .toList();
        List<PublishedOperation> found =
                query.map(words -> search.find(words, visible)).orElse(visible);
        int from = Math.min(start, found.size());
        int to = Math.min(from + PAGE, found.size());

        ObjectNode content = JsonNodeFactory.instance.objectNode();
        ArrayNode endpoints = content.putArray("endpoints");
        found.subList(from, to).forEach(operation -> describe(operation, endpoints.addObject()));
        content.put("total", found.size());
        if (to < found.size()) {
            content.put("next_cursor", cursors.at(to, caller, listing));
        }
        return content;
    }

    /** What a listing and a description have in common. */
    static void describe(PublishedOperation published, ObjectNode target) {
        var operation = published.operation();
        target.put("endpoint_id", published.id())
                .put("collection_id", published.product().id())
                .put("collection_name", published.product().name())
                .put("name", operation.title())
                .put("description", operation.description())
                .put("path", operation.path());
        target.putArray("methods").add(operation.method());
    }
}
