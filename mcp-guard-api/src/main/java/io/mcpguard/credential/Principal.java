package io.mcpguard.credential;

import java.util.Objects;
import java.util.Set;

/**
 * Who a credential proved to be, in the service's own terms.
 *
 * @param name the name the service knows, such as a user name or subject; not empty
 * @param roles the roles or authorities the service has given or the profile names, as the service spells them
 * @param source who established it
 * @param credentialId a public name for the credential, such as a key id or a token id; empty text when there is none
 * @since 0.1
 */
public record Principal(String name, Set<String> roles, Source source, String credentialId) {

    /** Who established a principal. */
    public enum Source {
        /** The service's own security did. The service judges every call by the caller's own credential. */
        HOST,
        /** The guard did, from a key it issued. The service judges every call by this principal and its roles. */
        GUARD
    }

    public Principal {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a principal has a name");
        }
        roles = Set.copyOf(roles);
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(credentialId, "credentialId");
    }
}
