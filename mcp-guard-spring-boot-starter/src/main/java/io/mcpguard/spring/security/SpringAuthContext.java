package io.mcpguard.spring.security;

import io.mcpguard.credential.AuthContext;
import io.mcpguard.credential.Principal;
import java.util.Optional;
import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolderStrategy;

/**
 * What Spring Security has established for the request being served.
 *
 * <p>A profile is bound to roles as {@code hasRole} spells them, {@code SUPPORT} for the authority {@code ROLE_SUPPORT}, and to
 * any other authority as it is, such as {@code SCOPE_orders}. Read behind Spring Security's filters, which clear the holder
 * after every request.
 */
final class SpringAuthContext implements AuthContext {

    private final SecurityContextHolderStrategy holder;
    private final GuardAuthorities authorities;
    private final AuthenticationTrustResolver trust = new AuthenticationTrustResolverImpl();

    SpringAuthContext(SecurityContextHolderStrategy holder, GuardAuthorities authorities) {
        this.holder = holder;
        this.authorities = authorities;
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
        return Optional.of(new Principal(
                authentication.getName(),
                authorities.roles(authentication.getAuthorities()),
                Principal.Source.HOST,
                ""));
    }
}
