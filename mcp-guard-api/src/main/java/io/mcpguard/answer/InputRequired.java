package io.mcpguard.answer;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The call needs something from the client first. The client sends the same request again with its answers; it may never do so,
 * so nothing is held for it.
 *
 * @param requests what is asked, by a key of the handler's own; may be empty when there is a state
 * @param state what the handler wants back with the next request; the guard encrypts it, binds it to the caller, the feature
 *     and the arguments, and lets it expire. It may come back more than once
 * @since 0.1
 */
public record InputRequired(Map<String, InputRequest> requests, Optional<String> state)
        implements ToolAnswer, PromptAnswer, ResourceAnswer {
    public InputRequired {
        requests = Collections.unmodifiableMap(new LinkedHashMap<>(requests));
        Objects.requireNonNull(state, "state");
        if (requests.isEmpty() && state.isEmpty()) {
            throw new IllegalArgumentException("ask for something, or give a state");
        }
    }
}
