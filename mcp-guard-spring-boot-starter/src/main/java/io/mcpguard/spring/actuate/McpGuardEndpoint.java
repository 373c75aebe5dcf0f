package io.mcpguard.spring.actuate;

import io.mcpguard.catalog.Operation;
import io.mcpguard.core.McpGuard;
import io.mcpguard.core.catalog.PublishedOperation;
import io.mcpguard.core.profile.ProfileFile;
import io.mcpguard.core.profile.ProfileFileStatus;
import io.mcpguard.credential.Principal;
import io.mcpguard.decision.Caller;
import io.mcpguard.error.StoreUnavailableException;
import io.mcpguard.limit.Limit;
import io.mcpguard.profile.Profile;
import io.mcpguard.profile.ProfileStore;
import io.mcpguard.servlet.GuardMount;
import io.mcpguard.spring.GuardStart;
import io.mcpguard.spring.actuate.Inventory.OperationView;
import io.mcpguard.spring.actuate.Inventory.ProfileView;
import io.mcpguard.spring.actuate.Inventory.PublishedProduct;
import io.mcpguard.spring.actuate.Inventory.Store;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * Actuator endpoint {@code mcpguard}: the inventory of the guard. Like every endpoint but health it is not exposed over HTTP
 * until the service exposes it.
 *
 * @since 0.1
 */
@Endpoint(id = "mcpguard")
public final class McpGuardEndpoint {

    private final McpGuard guard;
    private final GuardMount mount;
    private final GuardStart start;
    private final TrailStanding trail;

    /**
     * Makes the endpoint.
     *
     * @param guard the guard
     * @param mount the guard on this service's server
     * @param start knows the places
     * @param trail knows how the audit trail is doing
     */
    public McpGuardEndpoint(McpGuard guard, GuardMount mount, GuardStart start, TrailStanding trail) {
        this.guard = guard;
        this.mount = mount;
        this.start = start;
        this.trail = trail;
    }

    /**
     * Lists what is published, to whom it is open, and how the guard is doing.
     *
     * @return the inventory as of now
     */
    @ReadOperation
    public Inventory inventory() {
        List<PublishedProduct> products = guard.catalog().products().stream()
                .map(product -> new PublishedProduct(
                        product.id(),
                        product.name(),
                        guard.catalog().operations().stream()
                                .filter(operation -> operation.product().id().equals(product.id()))
                                .map(McpGuardEndpoint::view)
                                .toList()))
                .toList();
        return new Inventory(
                guard.serviceName(),
                start.path(),
                guard.catalog().digest(),
                mount.invokerName() + " (" + mount.invokerStanding() + ")",
                start.journal(),
                trail.view().orElse(null),
                storeOf(guard.profiles()),
                products,
                profilesOf(guard));
    }

    private static OperationView view(PublishedOperation published) {
        Operation operation = published.operation();
        return new OperationView(
                published.id(),
                operation.method(),
                operation.path(),
                published.digest(),
                operation.hints().readOnly(),
                sorted(operation.tags()),
                sorted(operation.scopes()));
    }

    private static Store storeOf(ProfileStore store) {
        if (store instanceof ProfileFile file) {
            ProfileFileStatus status = file.status();
            return new Store("file", status.current(), status.problems());
        }
        return new Store(store.getClass().getSimpleName(), true, List.of());
    }

    /** A store that does not answer shows in the store's own part; here it opens nothing. */
    private static List<ProfileView> profilesOf(McpGuard guard) {
        try {
            return guard.profiles().all().stream()
                    .map(profile -> viewOf(guard, profile))
                    .toList();
        } catch (StoreUnavailableException e) {
            return List.of();
        }
    }

    private static ProfileView viewOf(McpGuard guard, Profile profile) {
        Principal principal =
                new Principal(profile.principalName().orElse("inventory"), profile.roles(), Principal.Source.GUARD, "");
        return new ProfileView(
                profile.id().value(),
                profile.client().id().value(),
                profile.state().name().toLowerCase(Locale.ROOT),
                guard.guard().visible(new Caller(principal, profile)).stream()
                        .map(PublishedOperation::id)
                        .toList(),
                profile.limits().stream().map(McpGuardEndpoint::textOf).toList(),
                sorted(profile.roles()));
    }

    private static String textOf(Limit limit) {
        if (limit instanceof Limit.Rate rate) {
            return rate.name() + ": " + rate.permits() + " per " + rate.period();
        }
        Limit.Concurrency concurrency = (Limit.Concurrency) limit;
        return concurrency.name() + ": " + concurrency.permits() + " at the same time";
    }

    private static List<String> sorted(Set<String> texts) {
        return texts.stream().sorted().toList();
    }
}
