package io.mcpguard.servlet.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.credential.Principal;
import io.mcpguard.servlet.exchange.GuardPrincipal;
import io.mcpguard.testkit.contract.AuthContextContract;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ServletAuthContextTest extends AuthContextContract {

    private static final Set<String> ASKED_FOR = Set.of("ROLE_USER", "ROLE_ADMIN", "orders:read", "Admin", "user");

    /** A request of which only the user is asked. */
    private static HttpServletRequest request(java.security.@Nullable Principal user, Set<String> roles) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                ServletAuthContextTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getUserPrincipal" -> user;
                    case "isUserInRole" -> roles.contains((String) arguments[0]);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static Optional<Principal> asked(java.security.@Nullable Principal user, Set<String> roles) {
        return new ServletAuthContext(request(user, roles), ASKED_FOR).principal();
    }

    @Override
    protected Optional<Principal> askedBy(String name, Set<String> roles) {
        return asked(() -> name, roles);
    }

    @Override
    protected Optional<Principal> askedByNobody() {
        return asked(null, Set.of());
    }

    @Override
    protected Optional<Principal> askedByAnonymous() {
        return asked(() -> "", Set.of());
    }

    @Override
    protected Optional<Principal> askedBetweenRequests() {
        return askedByNobody();
    }

    @Test
    void a_principal_that_the_guard_itself_has_established_is_not_the_services() {
        Principal robot = new Principal("robot", Set.of("user"), Principal.Source.GUARD, "key-1");

        assertThat(asked(new GuardPrincipal(robot), Set.of("user"))).isEmpty();
    }

    @Test
    void a_role_that_no_profile_is_bound_to_is_not_asked_for() {
        assertThat(asked(() -> "ann", Set.of("user", "other")).orElseThrow().roles())
                .containsExactly("user");
    }
}
