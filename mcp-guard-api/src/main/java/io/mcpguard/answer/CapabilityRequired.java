package io.mcpguard.answer;

import java.util.Set;

/**
 * Nothing can be done for a client that lacks these capabilities. It gets error -32021, which names them.
 *
 * @param capabilities what the client would need; not empty
 * @since 0.1
 */
public record CapabilityRequired(Set<ClientCapability> capabilities)
        implements ToolAnswer, PromptAnswer, ResourceAnswer {
    public CapabilityRequired {
        capabilities = Set.copyOf(capabilities);
        if (capabilities.isEmpty()) {
            throw new IllegalArgumentException("name the capability that is missing");
        }
    }
}
