package io.mcpguard.decision;

import io.mcpguard.credential.Principal;
import io.mcpguard.profile.Profile;
import java.util.Objects;

/**
 * An identified caller: who it is, and the one profile it uses on this request.
 *
 * @param principal who the credential proved to be
 * @param profile the selected profile, to which the credential is entitled
 * @since 0.1
 */
public record Caller(Principal principal, Profile profile) {
    public Caller {
        Objects.requireNonNull(principal, "principal");
        Objects.requireNonNull(profile, "profile");
    }
}
