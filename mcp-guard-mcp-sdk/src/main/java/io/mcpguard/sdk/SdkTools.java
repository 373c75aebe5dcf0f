package io.mcpguard.sdk;

import io.mcpguard.catalog.Product;
import io.mcpguard.error.ConfigurationException;
import io.mcpguard.feature.FeatureSource;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import java.util.List;

/**
 * Puts tools written for the MCP Java SDK behind the guard. {@link SdkFeatures} takes prompts and resources too.
 *
 * @since 0.1
 */
public final class SdkTools {

    private SdkTools() {}

    /**
     * Bridges tools that answer when they return.
     *
     * @param product the product they belong to
     * @param specifications the tools as given to the SDK's server
     * @return a source for the guard
     * @throws ConfigurationException naming every tool that the guard cannot publish
     */
    public static FeatureSource of(Product product, List<SyncToolSpecification> specifications) {
        return SdkFeatures.builder(product).tools(specifications).build();
    }

    /**
     * Bridges tools that answer later.
     *
     * @param product the product they belong to
     * @param specifications the tools as given to the SDK's server
     * @return a source for the guard
     * @throws ConfigurationException naming every tool that the guard cannot publish
     */
    public static FeatureSource ofAsync(Product product, List<AsyncToolSpecification> specifications) {
        return SdkFeatures.builder(product).asyncTools(specifications).build();
    }
}
