package io.mcpguard.jaxrs.exchange;

import io.mcpguard.credential.AuthContext;
import io.mcpguard.credential.Principal;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a filter of the service has established as {@code SecurityContext}.
 *
 * <p>JAX-RS cannot list the roles of a principal, only ask for one, so the roles worth asking for are given.
 *
 * @since 0.1
 */
public final class JaxrsAuthContext implements AuthContext {

    private final @Nullable SecurityContext security;
    private final Set<String> roles;

    /**
     * Makes the context of one request.
     *
     * @param security what the request has behind the service's authentication
     * @param roles the roles that any profile is bound to
     */
    public JaxrsAuthContext(@Nullable SecurityContext security, Set<String> roles) {
        this.security = security;
        this.roles = Set.copyOf(roles);
    }

    @Override
    public Optional<Principal> principal() {
        SecurityContext known = security;
        java.security.Principal established = known == null ? null : known.getUserPrincipal();
        if (known == null
                || established == null
                || established instanceof GuardSecurity.Name
                || established.getName() == null
                || established.getName().isBlank()) {
            return Optional.empty();
        }
        Set<String> held = roles.stream().filter(known::isUserInRole).collect(Collectors.toSet());
        return Optional.of(new Principal(established.getName(), held, Principal.Source.HOST, ""));
    }
}
