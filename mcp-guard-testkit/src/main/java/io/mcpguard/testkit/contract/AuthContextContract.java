package io.mcpguard.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.credential.AuthContext;
import io.mcpguard.credential.Principal;
import io.mcpguard.testkit.Together;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The rules of {@link AuthContext}. Extend it and say how the service serves a request on the calling thread, and what the
 * context says in the middle of it.
 *
 * @since 0.1
 */
public abstract class AuthContextContract {

    /** For subclasses. */
    protected AuthContextContract() {}

    /**
     * Serves one request on the calling thread, from its beginning to its end, that the service's security has authenticated.
     *
     * @param name the user's name
     * @param roles the user's roles, as the service spells them
     * @return what the context under test said while it was served
     */
    protected abstract Optional<Principal> askedBy(String name, Set<String> roles);

    /**
     * Serves one request on the calling thread that nobody was authenticated for.
     *
     * @return what the context under test said while it was served
     */
    protected abstract Optional<Principal> askedByNobody();

    /**
     * Serves one request on the calling thread for which the service's security has put a placeholder in the place of a user.
     *
     * @return what the context under test said while it was served; the same as {@link #askedByNobody()} for a service that
     *     has no such placeholder
     */
    protected abstract Optional<Principal> askedByAnonymous();

    /**
     * Asks the context on the calling thread while no request is served.
     *
     * @return what it said
     */
    protected abstract Optional<Principal> askedBetweenRequests();

    @Test
    @DisplayName("AC-1 nobody authenticated is empty")
    void nobody_is_empty() {
        assertThat(askedByNobody()).isEmpty();
    }

    @Test
    @DisplayName("AC-1 an anonymous placeholder is empty")
    void anonymous_is_empty() {
        assertThat(askedByAnonymous()).isEmpty();
    }

    @Test
    @DisplayName("AC-2 the principal is the one the service established, and says so")
    void principal_is_the_service_s() {
        Principal principal = askedBy("ann", Set.of("ROLE_USER")).orElseThrow();

        assertThat(principal.name()).isEqualTo("ann");
        assertThat(principal.source()).isEqualTo(Principal.Source.HOST);
    }

    @Test
    @DisplayName("AC-3 the roles are the service's, as it spells them")
    void roles_are_the_service_s() {
        Set<String> roles = Set.of("ROLE_USER", "orders:read", "Admin");

        assertThat(askedBy("ann", roles).orElseThrow().roles()).isEqualTo(roles);
        assertThat(askedBy("ann", Set.of()).orElseThrow().roles()).isEmpty();
    }

    @Test
    @DisplayName("AC-4 a principal of an earlier request on the thread is never returned")
    void nothing_is_left_over() {
        assertThat(askedBy("ann", Set.of("ROLE_ADMIN"))).isPresent();

        assertThat(askedBetweenRequests()).isEmpty();
        assertThat(askedByNobody()).isEmpty();
        assertThat(askedBy("bob", Set.of()).orElseThrow().name()).isEqualTo("bob");
        assertThat(askedByAnonymous()).isEmpty();
    }

    @Test
    @DisplayName("AC-4 requests on other threads do not show")
    void threads_are_apart() {
        AtomicInteger numbers = new AtomicInteger();

        List<Boolean> right = Together.run(8, () -> {
            String name = "user-" + numbers.incrementAndGet();
            boolean all = true;
            for (int i = 0; i < 50; i++) {
                all &= askedBy(name, Set.of(name)).orElseThrow().name().equals(name);
                all &= askedByNobody().isEmpty();
            }
            return all;
        });

        assertThat(right).containsOnly(true);
    }
}
