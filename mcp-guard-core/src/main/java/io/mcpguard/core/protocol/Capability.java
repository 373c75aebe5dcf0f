package io.mcpguard.core.protocol;

import io.mcpguard.core.feature.Features;

/** What the server declares. The methods of what it does not declare are not known here. */
enum Capability {
    PROMPTS,
    RESOURCES,
    COMPLETIONS,
    LOGGING;

    boolean isOffered(Features features) {
        return switch (this) {
            case PROMPTS -> !features.prompts().isEmpty();
            case RESOURCES -> !features.resources().isEmpty();
            case COMPLETIONS ->
                features.prompts().stream()
                                .anyMatch(
                                        prompt -> prompt.feature().completion().isPresent())
                        || features.resources().stream()
                                .anyMatch(resource ->
                                        resource.feature().completion().isPresent());
            case LOGGING -> !features.isEmpty();
        };
    }
}
