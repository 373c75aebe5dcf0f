package io.mcpguard.testkit.contract;

import io.mcpguard.credential.AuthContext;
import io.mcpguard.credential.Principal;
import java.util.Optional;
import java.util.Set;

/** {@link AuthContextContract} over a service that keeps its user with the thread. */
class ThreadAuthContextTest extends AuthContextContract {

    private final ThreadLocal<Optional<Principal>> user = ThreadLocal.withInitial(Optional::empty);
    private final AuthContext context =
            () -> user.get().filter(principal -> !principal.name().equals("anonymous"));

    @Override
    protected Optional<Principal> askedBy(String name, Set<String> roles) {
        user.set(Optional.of(new Principal(name, roles, Principal.Source.HOST, "")));
        try {
            return context.principal();
        } finally {
            user.remove();
        }
    }

    @Override
    protected Optional<Principal> askedByNobody() {
        return context.principal();
    }

    @Override
    protected Optional<Principal> askedByAnonymous() {
        return askedBy("anonymous", Set.of());
    }

    @Override
    protected Optional<Principal> askedBetweenRequests() {
        return context.principal();
    }
}
