package io.mcpguard.spring.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.credential.CredentialKind;
import io.mcpguard.credential.Principal;
import io.mcpguard.testkit.contract.AuthContextContract;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;

class SpringAuthContextTest extends AuthContextContract {

    private final SecurityContextHolderStrategy holder = SecurityContextHolder.getContextHolderStrategy();
    private final SpringAuthContext context = new SpringAuthContext(holder, new GuardAuthorities("ROLE_"));

    /** A request through Spring Security's own proxy, which clears the holder when the request is over. */
    private Optional<Principal> during(@Nullable Authentication authentication) {
        AtomicReference<Optional<Principal>> said = new AtomicReference<>(Optional.empty());
        FilterChainProxy proxy = new FilterChainProxy(new DefaultSecurityFilterChain(
                AnyRequestMatcher.INSTANCE,
                new SecurityContextHolderFilter(new RequestAttributeSecurityContextRepository()),
                (request, response, chain) -> {
                    if (authentication != null) {
                        holder.setContext(new SecurityContextImpl(authentication));
                    }
                    said.set(context.principal());
                }));
        try {
            proxy.doFilter(
                    new MockHttpServletRequest("GET", "/"), new MockHttpServletResponse(), (request, response) -> {});
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return Objects.requireNonNull(said.get());
    }

    @Override
    protected Optional<Principal> askedBy(String name, Set<String> roles) {
        return during(UsernamePasswordAuthenticationToken.authenticated(
                name,
                null,
                AuthorityUtils.createAuthorityList(
                        roles.stream().map(role -> "ROLE_" + role).toArray(String[]::new))));
    }

    @Override
    protected Optional<Principal> askedByNobody() {
        return during(null);
    }

    @Override
    protected Optional<Principal> askedByAnonymous() {
        return during(new AnonymousAuthenticationToken(
                "key", "anonymousUser", AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS")));
    }

    @Override
    protected Optional<Principal> askedBetweenRequests() {
        return context.principal();
    }

    @Test
    void an_authority_that_is_no_role_stays_as_it_is() {
        Optional<Principal> principal = during(UsernamePasswordAuthenticationToken.authenticated(
                "ann", null, AuthorityUtils.createAuthorityList("SCOPE_orders", "orders:read", "ROLE_USER")));

        assertThat(principal.orElseThrow().roles()).containsExactlyInAnyOrder("SCOPE_orders", "orders:read", "USER");
    }

    @Test
    void an_authentication_that_did_not_succeed_is_nobody() {
        TestingAuthenticationToken failed = new TestingAuthenticationToken("ann", "secret", List.of());
        failed.setAuthenticated(false);

        assertThat(during(failed)).isEmpty();
    }

    @Test
    void what_the_guard_established_is_not_the_service_s_word() {
        Principal guarded = new Principal("svc", Set.of("ADMIN"), Principal.Source.GUARD, "key1");

        assertThat(during(new GuardAuthentication(guarded, AuthorityUtils.createAuthorityList("ROLE_ADMIN"))))
                .isEmpty();
    }

    @Test
    void roles_of_a_profile_become_authorities_as_has_role_looks_for_them() {
        assertThat(new GuardAuthorities("ROLE_").of(Set.of("SUPPORT", "ROLE_ADMIN", "SCOPE_read")))
                .extracting("authority")
                .containsExactlyInAnyOrder("ROLE_SUPPORT", "ROLE_ADMIN", "SCOPE_read");
    }

    @Test
    void a_token_of_the_service_s_resource_server_brings_its_scopes_and_the_claims_asked_for() {
        SpringAuthContext asking = new SpringAuthContext(holder, new GuardAuthorities("ROLE_"), Set.of("team", "none"));
        Jwt jwt = Jwt.withTokenValue("secret-token")
                .header("alg", "RS256")
                .subject("ann")
                .jti("t-1")
                .claim("team", List.of("red", "blue"))
                .claim("mail", "ann@example.com")
                .build();
        holder.setContext(new SecurityContextImpl(
                new JwtAuthenticationToken(jwt, AuthorityUtils.createAuthorityList("SCOPE_orders:read", "ROLE_USER"))));
        try {
            Principal principal = asking.principal().orElseThrow();

            assertThat(principal)
                    .isEqualTo(new Principal(
                            "ann",
                            Set.of("SCOPE_orders:read", "USER"),
                            Principal.Source.HOST,
                            "t-1",
                            CredentialKind.JWT,
                            Set.of("orders:read"),
                            Map.of("team", Set.of("red", "blue"))));
            assertThat(principal.toString()).doesNotContain("secret-token");
        } finally {
            holder.clearContext();
        }
    }
}
