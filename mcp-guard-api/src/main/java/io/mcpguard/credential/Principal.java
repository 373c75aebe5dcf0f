package io.mcpguard.credential;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who a credential proved to be, in the service's own terms. Holds nothing secret.
 *
 * @param name the name the service knows, such as a user name or subject; not empty
 * @param roles the roles or authorities the service has given or the profile names, as the service spells them
 * @param source who established it
 * @param credentialId a public name for the credential, such as a key id or a token id; empty text when there is none
 * @param kind the kind of credential that proved it
 * @param scopes the OAuth scopes of the credential; empty when it has none
 * @param claims claims of the credential by their names, as texts; only those that configuration asks for
 * @since 0.1
 */
public record Principal(
        String name,
        Set<String> roles,
        Source source,
        String credentialId,
        CredentialKind kind,
        Set<String> scopes,
        Map<String, Set<String>> claims) {

    /** Who established a principal. */
    public enum Source {
        /** The service's own security did. The service judges every call by the caller's own credential. */
        HOST,
        /** The guard did. The service judges every call by this principal and the roles that its profile names. */
        GUARD
    }

    public Principal {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a principal has a name");
        }
        roles = Set.copyOf(roles);
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(credentialId, "credentialId");
        Objects.requireNonNull(kind, "kind");
        scopes = Set.copyOf(scopes);
        claims = claims.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> Set.copyOf(entry.getValue())));
    }

    /**
     * A principal without scopes and claims: of an API key when the guard established it, else of the service's own security.
     *
     * @param name the name the service knows; not empty
     * @param roles the roles or authorities, as the service spells them
     * @param source who established it
     * @param credentialId a public name for the credential; empty text when there is none
     */
    public Principal(String name, Set<String> roles, Source source, String credentialId) {
        this(
                name,
                roles,
                source,
                credentialId,
                source == Source.HOST ? CredentialKind.HOST : CredentialKind.API_KEY,
                Set.of(),
                Map.of());
    }

    /**
     * Changes what kind of credential proved it.
     *
     * @param known the kind
     * @return a copy with that kind
     */
    public Principal withKind(CredentialKind known) {
        return new Principal(name, roles, source, credentialId, known, scopes, claims);
    }

    /**
     * Changes the roles.
     *
     * @param given the roles, as the service spells them
     * @return a copy with these roles and no others
     */
    public Principal withRoles(Set<String> given) {
        return new Principal(name, given, source, credentialId, kind, scopes, claims);
    }

    /**
     * Changes the scopes.
     *
     * @param granted OAuth scopes
     * @return a copy with these scopes and no others
     */
    public Principal withScopes(Set<String> granted) {
        return new Principal(name, roles, source, credentialId, kind, granted, claims);
    }

    /**
     * Changes the claims.
     *
     * @param known claims by their names, as texts
     * @return a copy with these claims and no others
     */
    public Principal withClaims(Map<String, Set<String>> known) {
        return new Principal(name, roles, source, credentialId, kind, scopes, known);
    }
}
