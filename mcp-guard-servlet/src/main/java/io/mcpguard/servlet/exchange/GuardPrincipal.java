package io.mcpguard.servlet.exchange;

import java.security.Principal;
import java.util.Objects;

/**
 * The servlet principal of a caller that the guard vouches for.
 *
 * @param established who the guard's key proved to be, with the roles the profile names
 * @since 0.1
 */
public record GuardPrincipal(io.mcpguard.credential.Principal established) implements Principal {

    /** What {@code HttpServletRequest.getAuthType} says of such a caller. */
    public static final String AUTH_TYPE = "MCP-GUARD";

    public GuardPrincipal {
        Objects.requireNonNull(established, "established");
        if (established.source() != io.mcpguard.credential.Principal.Source.GUARD) {
            throw new IllegalArgumentException("the service establishes its own principals");
        }
    }

    @Override
    public String getName() {
        return established.name();
    }
}
