package io.mcpguard.jaxrs.exchange;

import io.mcpguard.credential.Principal;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Objects;

/**
 * What JAX-RS knows of a caller that the guard vouches for.
 *
 * @param established who the guard's key proved to be, with the roles that the profile names
 * @param secure whether the caller's connection is
 * @since 0.1
 */
public record GuardSecurity(Principal established, boolean secure) implements SecurityContext {

    /** What {@code SecurityContext.getAuthenticationScheme} says of such a caller. */
    public static final String SCHEME = "MCP-GUARD";

    /** A caller's name, kept apart from names that the service has established. */
    public record Name(String name) implements java.security.Principal {
        @Override
        public String getName() {
            return name;
        }
    }

    public GuardSecurity {
        Objects.requireNonNull(established, "established");
        if (established.source() != Principal.Source.GUARD) {
            throw new IllegalArgumentException("the service establishes its own principals");
        }
    }

    @Override
    public java.security.Principal getUserPrincipal() {
        return new Name(established.name());
    }

    @Override
    public boolean isUserInRole(String role) {
        return established.roles().contains(role);
    }

    @Override
    public boolean isSecure() {
        return secure;
    }

    @Override
    public String getAuthenticationScheme() {
        return SCHEME;
    }
}
