package io.mcpguard.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.credential.Principal;
import io.mcpguard.error.StoreUnavailableException;
import io.mcpguard.limit.Limit;
import io.mcpguard.profile.AddressRange;
import io.mcpguard.profile.Binding;
import io.mcpguard.profile.Client;
import io.mcpguard.profile.ClientId;
import io.mcpguard.profile.Grant;
import io.mcpguard.profile.Profile;
import io.mcpguard.profile.ProfileId;
import io.mcpguard.profile.ProfileStore;
import io.mcpguard.profile.State;
import io.mcpguard.testkit.Together;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The rules of {@link ProfileStore}. Extend it and say how to make a store that holds the given profiles.
 *
 * <p>What cannot be tested here: that a change made by another node is seen (the other half of PS-4).
 *
 * @since 0.1
 */
public abstract class ProfileStoreContract {

    /** For subclasses. */
    protected ProfileStoreContract() {}

    /**
     * Makes the store under test.
     *
     * @param profiles everything it holds
     * @return a new store
     */
    protected abstract ProfileStore storeHolding(List<Profile> profiles);

    /**
     * Changes what is kept behind a store, as an operator or another node does.
     *
     * @param store a store made by {@link #storeHolding(List)}
     * @param profiles everything that is kept from now on
     */
    protected abstract void change(ProfileStore store, List<Profile> profiles);

    /**
     * Makes a store that cannot look: its file is gone, its database is down.
     *
     * @return the store, or empty for one that holds everything in memory and can always look; the test of PS-3 is then
     *     skipped
     */
    protected abstract Optional<ProfileStore> unreachableStore();

    /**
     * Makes a store whose other side never answers.
     *
     * @return the store, or empty for one that asks nobody; the test of PS-6 is then skipped
     */
    protected abstract Optional<ProfileStore> hangingStore();

    /**
     * Says for how long the store may be stale, by its own documentation.
     *
     * @return zero unless overridden
     */
    protected Duration staleness() {
        return Duration.ZERO;
    }

    @Test
    @DisplayName("PS-1 the profile found is the one asked for, with every part that was stored")
    void finds_the_whole_profile() {
        Profile stored = full("developer");
        ProfileStore store = storeHolding(List.of(bare("a"), stored, bare("z")));

        Profile found = store.find(new ProfileId("developer")).orElseThrow();

        assertSame(found, stored);
        assertThat(store.find(new ProfileId("z")).orElseThrow().id().value()).isEqualTo("z");
    }

    @Test
    @DisplayName("PS-1 ids are case-sensitive")
    void ids_are_case_sensitive() {
        ProfileStore store = storeHolding(List.of(bare("developer")));

        assertThat(store.find(new ProfileId("Developer"))).isEmpty();
    }

    @Test
    @DisplayName("PS-2 an id nobody has stored is empty, not an error")
    void unknown_id_is_empty() {
        assertThat(storeHolding(List.of()).find(new ProfileId("nobody"))).isEmpty();
        assertThat(storeHolding(List.of(bare("a"))).find(new ProfileId("nobody")))
                .isEmpty();
    }

    @Test
    @DisplayName("PS-3 a store that cannot look throws and never answers with empty")
    void cannot_look_is_an_exception() {
        Optional<ProfileStore> unreachable = unreachableStore();
        Assumptions.assumeTrue(unreachable.isPresent(), "this store can always look");
        ProfileStore store = unreachable.orElseThrow();

        assertThatThrownBy(() -> store.find(new ProfileId("a"))).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(store::all).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> store.boundTo(caller("ann", Set.of()))).isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    @DisplayName("PS-4 a change is seen by the next lookup")
    void change_is_seen() {
        ProfileStore store = storeHolding(List.of(bare("stays"), bare("goes")));
        assertThat(store.find(new ProfileId("goes"))).isPresent();

        Client client = bare("stays").client();
        Profile suspended = Profile.builder(new ProfileId("stays"), client)
                .state(State.SUSPENDED)
                .version("2")
                .build();
        change(store, List.of(suspended, bare("new")));

        Staleness.within(staleness(), () -> {
            assertThat(store.find(new ProfileId("goes"))).isEmpty();
            assertThat(store.find(new ProfileId("new"))).isPresent();
            assertThat(store.find(new ProfileId("stays")).orElseThrow().state()).isEqualTo(State.SUSPENDED);
            assertThat(store.all()).extracting(profile -> profile.id().value()).containsExactly("new", "stays");
        });
    }

    @Test
    @DisplayName("PS-5 many threads at once are answered as one would be")
    void safe_for_many_threads() {
        ProfileStore store = storeHolding(List.of(bare("a"), full("b"), bare("c")));

        List<Boolean> right = Together.run(8, () -> {
            boolean all = true;
            for (int i = 0; i < 200; i++) {
                all &= store.find(new ProfileId("b")).orElseThrow().id().value().equals("b");
                all &= store.find(new ProfileId("x")).isEmpty();
                all &= store.all().size() == 3;
                all &= store.boundTo(caller("ann", Set.of())).size() == 1;
            }
            return all;
        });

        assertThat(right).containsOnly(true);
    }

    @Test
    @DisplayName("PS-6 a lookup that gets no answer throws in time")
    void never_waits_for_ever() {
        Optional<ProfileStore> hanging = hangingStore();
        Assumptions.assumeTrue(hanging.isPresent(), "this store asks nobody");
        ProfileStore store = hanging.orElseThrow();

        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThatThrownBy(() -> store.find(new ProfileId("a")))
                        .isInstanceOf(StoreUnavailableException.class));
    }

    @Test
    @DisplayName("PS-7 all and find agree, in the order of the ids")
    void all_and_find_agree() {
        ProfileStore store = storeHolding(List.of(full("m"), bare("z"), bare("a")));

        List<Profile> all = store.all();

        assertThat(all).extracting(profile -> profile.id().value()).containsExactly("a", "m", "z");
        for (Profile each : all) {
            assertSame(each, store.find(each.id()).orElseThrow());
        }
        assertThat(storeHolding(List.of()).all()).isEmpty();
    }

    @Test
    @DisplayName("PS-7 bound are exactly the profiles whose binding includes the caller")
    void bound_are_those_whose_binding_includes_the_caller() {
        ProfileStore store = storeHolding(List.of(
                bound("by-role", Set.of(), Set.of("ROLE_OPS")),
                bound("by-name", Set.of("ann"), Set.of()),
                bound("by-both", Set.of("bob"), Set.of("ROLE_DEV")),
                bound("by-nobody", Set.of(), Set.of())));

        assertThat(ids(store.boundTo(caller("ann", Set.of("ROLE_DEV", "ROLE_X")))))
                .containsExactly("by-both", "by-name");
        assertThat(ids(store.boundTo(caller("bob", Set.of("ROLE_OPS"))))).containsExactly("by-both", "by-role");
        assertThat(ids(store.boundTo(caller("Ann", Set.of("role_ops"))))).isEmpty();
        assertThat(ids(store.boundTo(caller("carol", Set.of())))).isEmpty();
    }

    private static List<String> ids(List<Profile> profiles) {
        return profiles.stream().map(profile -> profile.id().value()).toList();
    }

    private static Profile bare(String id) {
        return Profile.builder(new ProfileId(id), new Client(new ClientId("assistant"), "An assistant", State.ENABLED))
                .build();
    }

    private static Profile bound(String id, Set<String> principals, Set<String> roles) {
        return Profile.builder(new ProfileId(id), new Client(new ClientId("assistant"), "An assistant", State.ENABLED))
                .binding(new Binding(principals, roles))
                .build();
    }

    private static Profile full(String id) {
        return Profile.builder(new ProfileId(id), new Client(new ClientId("assistant"), "An assistant", State.ENABLED))
                .description("Reads orders")
                .version("7")
                .state(State.ENABLED)
                .valid(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2027-01-01T00:00:00Z"))
                .grants(List.of(
                        new Grant("orders", Set.of("listOrders", "get*"), Set.of("GET")),
                        new Grant("invoices", Set.of("*"), Set.of("GET", "POST"))))
                .limits(List.of(
                        new Limit.Rate("minute", 60, Duration.ofMinutes(1)), new Limit.Concurrency("flight", 4)))
                .networks(List.of(new AddressRange("10.0.0.0/8"), new AddressRange("2001:db8::/32")))
                .principal("svc-orders", Set.of("ROLE_READER"))
                .binding(new Binding(Set.of("ann"), Set.of("ROLE_OPS")))
                .build();
    }

    /**
     * Compares two profiles part by part, since profiles are not equal by value. The version is the store's own to choose.
     */
    private static Principal caller(String name, Set<String> roles) {
        return new Principal(name, roles, Principal.Source.HOST, "");
    }

    private static void assertSame(Profile actual, Profile expected) {
        assertThat(actual.id()).isEqualTo(expected.id());
        assertThat(actual.client()).isEqualTo(expected.client());
        assertThat(actual.description()).isEqualTo(expected.description());
        assertThat(actual.version()).isNotEmpty();
        assertThat(actual.state()).isEqualTo(expected.state());
        assertThat(actual.validFrom()).isEqualTo(expected.validFrom());
        assertThat(actual.validUntil()).isEqualTo(expected.validUntil());
        assertThat(actual.grants()).containsExactlyElementsOf(expected.grants());
        assertThat(actual.limits()).containsExactlyElementsOf(expected.limits());
        assertThat(actual.networks()).containsExactlyElementsOf(expected.networks());
        assertThat(actual.principalName()).isEqualTo(expected.principalName());
        assertThat(actual.roles()).isEqualTo(expected.roles());
        assertThat(actual.binding()).isEqualTo(expected.binding());
    }
}
