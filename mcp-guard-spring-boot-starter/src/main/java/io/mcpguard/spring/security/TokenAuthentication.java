package io.mcpguard.spring.security;

import io.mcpguard.credential.CredentialKind;
import io.mcpguard.credential.Principal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.server.resource.authentication.AbstractOAuth2TokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/** What the service's own resource server has found out about a token. Loaded only where there is one. */
final class TokenAuthentication {

    private static final String SCOPE = "SCOPE_";
    private static final int MOST_CHARACTERS = 64;

    private TokenAuthentication() {}

    /** Adds kind, scopes and the claims that configuration asks for; anything but a token leaves the principal as it is. */
    static Principal of(Principal principal, Authentication authentication, Set<String> claims) {
        if (!(authentication instanceof AbstractOAuth2TokenAuthenticationToken<?> token)) {
            return principal;
        }
        Map<String, Object> attributes = token.getTokenAttributes();
        return new Principal(
                principal.name(),
                principal.roles(),
                principal.source(),
                idOf(attributes.get("jti")),
                authentication instanceof JwtAuthenticationToken ? CredentialKind.JWT : CredentialKind.OPAQUE_TOKEN,
                scopes(authentication.getAuthorities()),
                kept(attributes, claims));
    }

    private static String idOf(@Nullable Object id) {
        return id instanceof String text && text.length() <= MOST_CHARACTERS && text.matches("[A-Za-z0-9._:-]+")
                ? text
                : "";
    }

    private static Set<String> scopes(Collection<? extends GrantedAuthority> authorities) {
        Set<String> scopes = new LinkedHashSet<>();
        for (GrantedAuthority granted : authorities) {
            String authority = granted.getAuthority();
            if (authority != null && authority.startsWith(SCOPE) && authority.length() > SCOPE.length()) {
                scopes.add(authority.substring(SCOPE.length()));
            }
        }
        return scopes;
    }

    private static void add(Set<String> texts, @Nullable Object value) {
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            texts.add(value.toString());
        }
    }

    private static Map<String, Set<String>> kept(Map<String, Object> attributes, Set<String> names) {
        Map<String, Set<String>> kept = new LinkedHashMap<>();
        for (String name : names) {
            Object value = attributes.get(name);
            Set<String> texts = new LinkedHashSet<>();
            if (value instanceof Collection<?> several) {
                several.forEach(each -> add(texts, each));
            } else {
                add(texts, value);
            }
            if (!texts.isEmpty()) {
                kept.put(name, texts);
            }
        }
        return kept;
    }
}
