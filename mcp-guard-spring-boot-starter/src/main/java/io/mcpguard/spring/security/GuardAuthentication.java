package io.mcpguard.spring.security;

import io.mcpguard.credential.Principal;
import java.io.Serial;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.Transient;
import org.springframework.security.core.userdetails.User;

/**
 * The authentication of a caller that presented a guard-issued key.
 *
 * <p>The principal is a {@link User} with the name that the profile gives, so that code which expects user details works. A
 * role of the profile becomes an authority as {@code hasRole} spells it: {@code SUPPORT} becomes {@code ROLE_SUPPORT}, while
 * {@code ROLE_SUPPORT} and {@code SCOPE_read} stay as they are.
 *
 * <p>Transient, so that no session ever keeps it: a revoked key must not live on in a cookie.
 *
 * @since 0.1
 */
@Transient
public final class GuardAuthentication extends AbstractAuthenticationToken {

    @Serial
    private static final long serialVersionUID = 1L;

    private final User user;
    private final String keyId;

    /**
     * Makes the authentication.
     *
     * @param principal who the key proved to be
     * @param authorities what the profile's roles come to
     */
    GuardAuthentication(Principal principal, Collection<? extends GrantedAuthority> authorities) {
        super(authorities);
        this.user = new User(principal.name(), "", authorities);
        this.keyId = principal.credentialId();
        super.setAuthenticated(true);
    }

    /**
     * Returns the public name of the key.
     *
     * @return the key's id, of no use to anybody who does not have the key
     */
    public String keyId() {
        return keyId;
    }

    /** Returns nothing: the key was checked before Spring Security saw the request. */
    @Override
    public @Nullable Object getCredentials() {
        return null;
    }

    @Override
    public User getPrincipal() {
        return user;
    }

    /** Cannot be made to say more than it was made for. */
    @Override
    public void setAuthenticated(boolean authenticated) {
        if (authenticated && !isAuthenticated()) {
            throw new IllegalArgumentException("only the guard establishes this authentication");
        }
        super.setAuthenticated(authenticated);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return super.equals(other) && other instanceof GuardAuthentication that && keyId.equals(that.keyId);
    }

    @Override
    public int hashCode() {
        return 31 * super.hashCode() + keyId.hashCode();
    }
}
