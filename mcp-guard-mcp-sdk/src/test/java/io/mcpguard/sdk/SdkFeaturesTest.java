package io.mcpguard.sdk;

import io.mcpguard.catalog.Product;
import io.mcpguard.feature.FeatureSource;
import io.mcpguard.testkit.contract.FeatureSourceContract;
import io.modelcontextprotocol.server.McpServerFeatures.SyncPromptSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceTemplateSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.Map;

/** {@link FeatureSourceContract} over what the bridge makes. */
class SdkFeaturesTest extends FeatureSourceContract {

    @Override
    protected FeatureSource newSource() {
        return SdkFeatures.builder(new Product("stock", "Stock", "What is there", "/api/stock"))
                .tools(List.of(new SyncToolSpecification(
                        McpSchema.Tool.builder("count", Map.of("type", "object"))
                                .outputSchema(Map.of("type", "object", "properties", Map.of("n", Map.of("$ref", "#"))))
                                .build(),
                        (exchange, request) ->
                                McpSchema.CallToolResult.builder(List.of()).build())))
                .prompts(List.of(new SyncPromptSpecification(
                        McpSchema.Prompt.builder("count").build(),
                        (exchange, request) ->
                                McpSchema.GetPromptResult.builder(List.of()).build())))
                .resources(List.of(new SyncResourceSpecification(
                        McpSchema.Resource.builder("stock://all", "count").build(),
                        (exchange, request) ->
                                McpSchema.ReadResourceResult.builder(List.of()).build())))
                .templates(List.of(new SyncResourceTemplateSpecification(
                        McpSchema.ResourceTemplate.builder("stock://{item}", "item")
                                .build(),
                        (exchange, request) ->
                                McpSchema.ReadResourceResult.builder(List.of()).build())))
                .build();
    }
}
