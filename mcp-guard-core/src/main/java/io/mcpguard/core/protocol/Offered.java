package io.mcpguard.core.protocol;

import io.mcpguard.core.feature.Features;
import io.mcpguard.core.feature.PublishedPrompt;
import io.mcpguard.core.feature.PublishedResource;
import io.mcpguard.core.feature.PublishedTool;
import io.mcpguard.core.guard.Guard;
import io.mcpguard.core.tool.ToolDefinition;
import io.mcpguard.core.tool.Tools;
import io.mcpguard.decision.Caller;
import java.util.ArrayList;
import java.util.List;

/** What one caller is shown, decided as each call of it is. */
final class Offered {

    private final Guard guard;
    private final Tools tools;
    private final Features features;

    Offered(Guard guard, Tools tools, Features features) {
        this.guard = guard;
        this.tools = tools;
        this.features = features;
    }

    /** The tools of the service's operations first, then those of its own by name. */
    List<ToolDefinition> tools(Caller caller) {
        List<ToolDefinition> offered = new ArrayList<>(tools.offered(caller));
        features.tools().stream()
                .filter(tool -> guard.allows(caller, tool.published()))
                .map(PublishedTool::definition)
                .forEach(offered::add);
        return offered;
    }

    List<PublishedPrompt> prompts(Caller caller) {
        return features.prompts().stream()
                .filter(prompt -> guard.allows(caller, prompt.published()))
                .toList();
    }

    List<PublishedResource> resources(Caller caller) {
        return everyResource(caller).stream()
                .filter(resource -> !resource.feature().isTemplate())
                .toList();
    }

    List<PublishedResource> templates(Caller caller) {
        return everyResource(caller).stream()
                .filter(resource -> resource.feature().isTemplate())
                .toList();
    }

    List<PublishedResource> everyResource(Caller caller) {
        return features.resources().stream()
                .filter(resource -> guard.allows(caller, resource.published()))
                .toList();
    }

    boolean mayRead(Caller caller, String uri) {
        return features.resource(uri)
                .filter(resource -> guard.allows(caller, resource.published()))
                .isPresent();
    }
}
