package io.mcpguard.servlet.rest;

import io.mcpguard.credential.AuthContext;
import io.mcpguard.credential.Principal;
import io.mcpguard.servlet.exchange.GuardPrincipal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What the container or a filter of the service has established as {@code getUserPrincipal}.
 *
 * <p>Servlets cannot list the roles of a principal, only ask for one, so the roles worth asking for are given.
 *
 * @since 0.1
 */
public final class ServletAuthContext implements AuthContext {

    private final HttpServletRequest request;
    private final Supplier<Set<String>> roles;

    /**
     * Makes the context of one request.
     *
     * @param request the request, behind the service's authentication
     * @param roles the roles that any profile is bound to
     */
    public ServletAuthContext(HttpServletRequest request, Set<String> roles) {
        this(request, () -> roles);
    }

    /**
     * Makes the context of one request.
     *
     * @param request the request, behind the service's authentication
     * @param roles asked for the roles that any profile is bound to, where somebody has authenticated
     */
    public ServletAuthContext(HttpServletRequest request, Supplier<Set<String>> roles) {
        this.request = request;
        this.roles = roles;
    }

    @Override
    public Optional<Principal> principal() {
        java.security.Principal established = request.getUserPrincipal();
        if (established == null
                || established instanceof GuardPrincipal
                || established.getName() == null
                || established.getName().isBlank()) {
            return Optional.empty();
        }
        Set<String> held = roles.get().stream().filter(request::isUserInRole).collect(Collectors.toSet());
        return Optional.of(new Principal(established.getName(), held, Principal.Source.HOST, ""));
    }
}
