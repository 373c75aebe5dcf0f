package io.mcpguard.spring.security;

import io.mcpguard.credential.AuthContext;
import io.mcpguard.credential.Principal;
import java.util.Optional;
import java.util.Set;
import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.util.ClassUtils;

/**
 * What Spring Security has established for the request being served.
 *
 * <p>A profile is bound to roles as {@code hasRole} spells them, {@code SUPPORT} for the authority {@code ROLE_SUPPORT}, and to
 * any other authority as it is, such as {@code SCOPE_orders}. Read behind Spring Security's filters, which clear the holder
 * after every request. Of a token that the service's resource server has checked, the scopes and the claims that
 * {@code mcp.guard.oauth.claims.keep} names come along.
 */
final class SpringAuthContext implements AuthContext {

    /** Whether the service has a resource server, without which its classes are not there. */
    private static final boolean TOKENS = ClassUtils.isPresent(
            "org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken",
            SpringAuthContext.class.getClassLoader());

    private final SecurityContextHolderStrategy holder;
    private final GuardAuthorities authorities;
    private final Set<String> claims;
    private final AuthenticationTrustResolver trust = new AuthenticationTrustResolverImpl();

    SpringAuthContext(SecurityContextHolderStrategy holder, GuardAuthorities authorities) {
        this(holder, authorities, Set.of());
    }

    SpringAuthContext(SecurityContextHolderStrategy holder, GuardAuthorities authorities, Set<String> claims) {
        this.holder = holder;
        this.authorities = authorities;
        this.claims = Set.copyOf(claims);
    }

    @Override
    public Optional<Principal> principal() {
        Authentication authentication = holder.getContext().getAuthentication();
        // A guard-issued key is not the service's own word.
        if (authentication == null
                || !authentication.isAuthenticated()
                || trust.isAnonymous(authentication)
                || authentication instanceof GuardAuthentication
                || authentication.getName() == null
                || authentication.getName().isBlank()) {
            return Optional.empty();
        }
        Principal principal = new Principal(
                authentication.getName(),
                authorities.roles(authentication.getAuthorities()),
                Principal.Source.HOST,
                "");
        return Optional.of(TOKENS ? TokenAuthentication.of(principal, authentication, claims) : principal);
    }
}
