package com.example.stock;

import io.mcpguard.answer.Content;
import io.mcpguard.answer.InputRequest;
import io.mcpguard.answer.InputRequired;
import io.mcpguard.answer.PromptAnswer;
import io.mcpguard.answer.ResourceAnswer;
import io.mcpguard.answer.ResourceContent;
import io.mcpguard.answer.ToolAnswer;
import io.mcpguard.catalog.Hints;
import io.mcpguard.catalog.Product;
import io.mcpguard.catalog.Schema;
import io.mcpguard.feature.FeatureSource;
import io.mcpguard.feature.ProductFeatures;
import io.mcpguard.feature.PromptFeature;
import io.mcpguard.feature.ResourceFeature;
import io.mcpguard.feature.ToolFeature;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** The examples of docs/own-tools.md. */
public final class StockFeatures implements FeatureSource {

    private static final Product STOCK = new Product("stock", "Stock", "What lies on which shelf.", "/");

    private final Map<String, Integer> shelves;

    public StockFeatures(Map<String, Integer> shelves) {
        this.shelves = new TreeMap<>(shelves);
    }

    @Override
    public List<ProductFeatures> published() {
        return List.of(
                new ProductFeatures(STOCK, List.of(countShelf(), takeInventory(), moveShelf(), askForMore(), shelf())));
    }

    private ToolFeature countShelf() {
        return ToolFeature.builder("stock", "count-shelf", "Counts the pieces on one shelf.")
                .title("Count a shelf")
                .inputSchema(new Schema("""
                        {"type": "object", "required": ["shelf"], "additionalProperties": false,
                         "properties": {"shelf": {"type": "string", "pattern": "^[A-Z][0-9]$"}}}"""))
                .outputSchema(new Schema("{\"type\": \"object\", \"required\": [\"pieces\"]}"))
                .hints(new Hints(true, false, true)) // reads only, destroys nothing, may be called twice
                .answering(call -> {
                    String shelf = String.valueOf(call.arguments().get("shelf"));
                    return shelves.containsKey(shelf)
                            ? ToolAnswer.structured(Map.of("pieces", shelves.get(shelf)))
                            : ToolAnswer.error("There is no shelf " + shelf + ". Shelves: " + shelves.keySet());
                });
    }

    private ToolFeature takeInventory() {
        return ToolFeature.builder("stock", "take-inventory", "Counts every shelf. Takes a while.")
                .hints(new Hints(true, false, true))
                .handledBy(call -> CompletableFuture.supplyAsync(() -> {
                    int done = 0;
                    int pieces = 0;
                    for (int onShelf : shelves.values()) {
                        if (call.cancelled()) {
                            return ToolAnswer.error("stopped after " + done + " shelves");
                        }
                        pieces += onShelf;
                        call.progress(++done, OptionalDouble.of(shelves.size()), "counting");
                    }
                    return ToolAnswer.text(pieces + " pieces");
                }));
    }

    private ToolFeature moveShelf() {
        return ToolFeature.builder("stock", "move-shelf", "Moves everything from one shelf to another.")
                .inputSchema(new Schema("""
                        {"type": "object", "required": ["from"], "additionalProperties": false,
                         "properties": {"from": {"type": "string"}}}"""))
                .answering(call -> call.input("target")
                        .map(given -> ToolAnswer.text("moved; the user said " + given))
                        .orElseGet(() -> new InputRequired(
                                Map.of("target", new InputRequest.Form("Which shelf shall it go to?", new Schema("""
                                                        {"type": "object", "required": ["to"],
                                                         "properties": {"to": {"type": "string"}}}"""))),
                                Optional.empty())));
    }

    private PromptFeature askForMore() {
        return PromptFeature.builder("stock", "ask-for-more", "Asks the supplier to fill up a shelf.")
                .argument(new PromptFeature.Argument("shelf", "which shelf", true))
                .completion((argument, typed, chosen, caller) -> shelves.keySet().stream()
                        .filter(shelf -> shelf.startsWith(typed))
                        .toList())
                .answering(call -> PromptAnswer.user(Content.text(
                        "Write to our supplier that shelf " + call.arguments().get("shelf") + " is running low.")));
    }

    private ResourceFeature shelf() {
        return ResourceFeature.builder("stock", "shelf", "stock://shelves/{shelf}", "What lies on one shelf.")
                .mimeType("text/plain")
                .answering(call -> {
                    String shelf = String.valueOf(call.arguments().get("shelf"));
                    return shelves.containsKey(shelf)
                            ? ResourceAnswer.of(
                                    ResourceContent.text(call.uri(), "text/plain", shelves.get(shelf) + " pieces"))
                            : new ResourceAnswer.Missing();
                });
    }
}
