package io.mcpguard.spring.security;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * Translates between the roles of profiles and the authorities of Spring Security.
 *
 * @param prefix what {@code hasRole} puts in front of a role, {@code ROLE_} unless the service has changed it
 */
record GuardAuthorities(String prefix) {

    private static final String SCOPE = "SCOPE_";

    /** What a key with these roles may: each as {@code hasRole} looks for it, unless it is spelled out. */
    List<GrantedAuthority> of(Set<String> roles) {
        return roles.stream()
                .sorted()
                .map(role -> role.startsWith(prefix) || role.startsWith(SCOPE) ? role : prefix + role)
                .<GrantedAuthority>map(SimpleGrantedAuthority::new)
                .toList();
    }

    /** What profiles may be bound to: a role as {@code hasRole} spells it, any other authority as it is. */
    Set<String> roles(Collection<? extends GrantedAuthority> authorities) {
        Set<String> roles = new LinkedHashSet<>();
        for (GrantedAuthority granted : authorities) {
            String authority = granted.getAuthority();
            if (authority != null && authority.length() > prefix.length() && authority.startsWith(prefix)) {
                roles.add(authority.substring(prefix.length()));
            } else if (authority != null && !authority.isBlank()) {
                roles.add(authority);
            }
        }
        return roles;
    }

    /** Says whether a text has the prefix that roles are spelled without. */
    boolean isPrefixed(String role) {
        return !prefix.isEmpty() && role.startsWith(prefix);
    }
}
