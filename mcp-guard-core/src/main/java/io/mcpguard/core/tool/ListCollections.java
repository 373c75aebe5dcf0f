package io.mcpguard.core.tool;

import io.mcpguard.catalog.Product;
import io.mcpguard.core.catalog.PublishedOperation;
import io.mcpguard.core.guard.Guard;
import io.mcpguard.decision.Caller;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Shows the products of which the caller may call something. A product with nothing to call does not exist for the caller. */
final class ListCollections implements Listing {

    private final Guard guard;

    ListCollections(Guard guard) {
        this.guard = guard;
    }

    @Override
    public Answer answer(ToolArguments arguments, Caller caller) {
        return new Answer.Found(() -> collections(caller));
    }

    private ObjectNode collections(Caller caller) {
        var counts = new TreeMap<String, Integer>();
        var products = new TreeMap<String, Product>();
        for (PublishedOperation operation : guard.visible(caller)) {
            products.put(operation.product().id(), operation.product());
            counts.merge(operation.product().id(), 1, Integer::sum);
        }
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        ArrayNode collections = content.putArray("collections");
        products.forEach((id, product) -> collections
                .addObject()
                .put("collection_id", id)
                .put("name", product.name())
                .put("description", product.description())
                .put("base_path", product.basePath())
                .put("published_endpoints", counts.getOrDefault(id, 0)));
        return content;
    }
}
