package io.mcpguard.core.feature;

import io.mcpguard.catalog.Product;
import io.mcpguard.core.catalog.DeclaredNames;
import io.mcpguard.core.catalog.PublishedOperation;
import io.mcpguard.feature.PromptFeature;

/**
 * A prompt of the service's own.
 *
 * @param feature what the service published
 * @param published the prompt as the guard decides on it
 * @param declared the names of its arguments
 * @since 0.1
 */
public record PublishedPrompt(PromptFeature feature, PublishedOperation published, DeclaredNames declared) {

    static PublishedPrompt of(Product product, PromptFeature feature) {
        return new PublishedPrompt(
                feature,
                PublishedOperation.ofFeature(product, feature.operation()),
                DeclaredNames.of(feature.arguments().stream()
                        .map(PromptFeature.Argument::name)
                        .toList()));
    }
}
