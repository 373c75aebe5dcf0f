package com.example.stock;

import io.mcpguard.catalog.Product;
import io.mcpguard.feature.FeatureSource;
import io.mcpguard.sdk.SdkContext;
import io.mcpguard.sdk.SdkTools;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.Map;

/** A tool as a service has written it for the MCP Java SDK, and the one line that puts it behind the guard. */
public final class SdkStock {

    private SdkStock() {}

    static SyncToolSpecification weighShelf() {
        return SyncToolSpecification.builder()
                .tool(McpSchema.Tool.builder(
                                "weigh-shelf",
                                Map.of(
                                        "type", "object",
                                        "required", List.of("shelf"),
                                        "properties", Map.of("shelf", Map.of("type", "string"))))
                        .description("Weighs one shelf.")
                        .annotations(McpSchema.ToolAnnotations.builder()
                                .readOnlyHint(true)
                                .build())
                        .build())
                .callHandler((exchange, request) -> {
                    exchange.progressNotification(McpSchema.ProgressNotification.builder(request.progressToken(), 1)
                            .message("weighing")
                            .build());
                    String asker = (String) exchange.transportContext().get(SdkContext.PRINCIPAL);
                    String shelf = (String) request.arguments().get("shelf");
                    if (shelf.startsWith("Z")) {
                        throw new IllegalStateException("jdbc:oracle:thin:@db.internal refused " + asker);
                    }
                    return McpSchema.CallToolResult.builder(List.of(
                                    McpSchema.TextContent.builder("12.5 kg").build()))
                            .structuredContent(Map.of("kilograms", 12.5, "asker", asker))
                            .build();
                })
                .build();
    }

    static FeatureSource features() {
        return SdkTools.of(new Product("scales", "Scales", "What shelves weigh.", "/"), List.of(weighShelf()));
    }
}
