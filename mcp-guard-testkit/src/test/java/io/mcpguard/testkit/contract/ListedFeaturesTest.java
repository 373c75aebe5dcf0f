package io.mcpguard.testkit.contract;

import io.mcpguard.answer.Content;
import io.mcpguard.answer.PromptAnswer;
import io.mcpguard.answer.ResourceAnswer;
import io.mcpguard.answer.ResourceContent;
import io.mcpguard.answer.ToolAnswer;
import io.mcpguard.catalog.Product;
import io.mcpguard.catalog.Schema;
import io.mcpguard.feature.FeatureSource;
import io.mcpguard.feature.ProductFeatures;
import io.mcpguard.feature.PromptFeature;
import io.mcpguard.feature.ResourceFeature;
import io.mcpguard.feature.ToolFeature;
import java.util.List;

/** {@link FeatureSourceContract} over a list in the code. A tool, a prompt and a resource may share a name. */
class ListedFeaturesTest extends FeatureSourceContract {

    @Override
    protected FeatureSource newSource() {
        return () -> List.of(new ProductFeatures(
                new Product("orders", "Orders", "Reads orders", "/api/orders"),
                List.of(
                        ToolFeature.builder("orders", "total", "Adds up an order")
                                .inputSchema(new Schema("""
                                                {"$schema": "https://json-schema.org/draft/2020-12/schema",
                                                 "type": "object",
                                                 "properties": {
                                                   "order": {"$ref": "#/$defs/id"},
                                                   "$ref": {"const": {"$ref": "https://example.com/data"}},
                                                   "rate": {"type": ["number", "null"], "minimum": -1.5e3, "default": null},
                                                   "note": {"enum": ["\\u00e4\\"\\\\\\/\\b\\f\\n\\r\\t", true, false, [], {}]}},
                                                 "$defs": {"id": true}}
                                                """))
                                .outputSchema(Schema.ANY)
                                .answering(call -> ToolAnswer.text("12.50")),
                        PromptFeature.builder("orders", "total", "Asks for the total of an order")
                                .argument(new PromptFeature.Argument("order", "which order", true))
                                .answering(call -> PromptAnswer.user(Content.text("What does it come to?"))),
                        ResourceFeature.builder("orders", "total", "orders://{id}/total", "The total of an order")
                                .answering(call ->
                                        ResourceAnswer.of(ResourceContent.text(call.uri(), "text/plain", "12.50"))))));
    }
}
