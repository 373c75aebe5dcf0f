package io.mcpguard.profile;

import java.util.Objects;

/**
 * A consumer of the service: an AI assistant, an agent, an application.
 *
 * @param id the client's id
 * @param name a name for people
 * @param state whether its profiles may be used
 * @since 0.1
 */
public record Client(ClientId id, String name, State state) {
    public Client {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(state, "state");
    }
}
