package io.mcpguard.jaxrs.testbed;

import io.mcpguard.catalog.OperationSource;
import io.mcpguard.core.McpGuard;
import io.mcpguard.core.resource.ProtectedResource;
import io.mcpguard.limit.Limit;
import io.mcpguard.profile.Binding;
import io.mcpguard.profile.Client;
import io.mcpguard.profile.ClientId;
import io.mcpguard.profile.Grant;
import io.mcpguard.profile.Profile;
import io.mcpguard.profile.ProfileId;
import io.mcpguard.profile.State;
import io.mcpguard.testkit.FixedKeySource;
import io.mcpguard.testkit.FixedProfileStore;
import io.mcpguard.verification.CredentialVerifier;
import io.mcpguard.verification.Verification;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A guard over the keys and profiles of the tests. */
public final class Guards {

    /** A genuine key of the profile {@code reader}, with the role {@code user}. */
    public static final String KEY = "mcpg_test_reader";

    /** A genuine key of the profile {@code boss}, with the roles {@code user} and {@code admin}. */
    public static final String BOSS_KEY = "mcpg_test_boss";

    /** A genuine key of the profile {@code tight}, which has three calls a day. */
    public static final String TIGHT_KEY = "mcpg_test_tight";

    /** A genuine key of a profile that may be used from one network alone. */
    public static final String LOCAL_KEY = "mcpg_test_local";

    /** A genuine key of the profile {@code single}, which has one call at a time. */
    public static final String SINGLE_KEY = "mcpg_test_single";

    private Guards() {}

    public static McpGuard over(OperationSource source, RecordingTrail trail) {
        Client assistant = new Client(new ClientId("assistant"), "Assistant", State.ENABLED);
        List<Grant> grants = List.of(new Grant("items", Set.of("*"), Set.of("GET", "POST", "PUT", "DELETE")));
        return McpGuard.builder(
                        "test",
                        new FixedProfileStore(
                                Profile.builder(new ProfileId("reader"), assistant)
                                        .grants(grants)
                                        .principal("robot", Set.of("user"))
                                        .build(),
                                Profile.builder(new ProfileId("boss"), assistant)
                                        .grants(grants)
                                        .principal("boss", Set.of("user", "admin"))
                                        .build(),
                                Profile.builder(new ProfileId("tight"), assistant)
                                        .grants(grants)
                                        .limits(List.of(new Limit.Rate("per-day", 3, Duration.ofDays(1))))
                                        .principal("robot", Set.of("user"))
                                        .build(),
                                Profile.builder(new ProfileId("single"), assistant)
                                        .grants(grants)
                                        .limits(List.of(new Limit.Concurrency("at-once", 1)))
                                        .principal("robot", Set.of("user"))
                                        .build(),
                                Profile.builder(new ProfileId("local"), assistant)
                                        .grants(grants)
                                        .networks(List.of(new io.mcpguard.profile.AddressRange("127.0.0.0/8")))
                                        .principal("robot", Set.of("user"))
                                        .build(),
                                Profile.builder(new ProfileId("people"), assistant)
                                        .grants(grants)
                                        .binding(new Binding(Set.of("alice"), Set.of()))
                                        .build()),
                        trail)
                .operations(source)
                .resource(ProtectedResource.builder(
                                URI.create("https://api.example.com/mcp"),
                                List.of(URI.create("https://login.example.com")))
                        .build())
                .verifier(verifier())
                .hostAuthenticates(true)
                .keys(FixedKeySource.random())
                .build();
    }

    private static CredentialVerifier verifier() {
        return (credential, presentation) -> {
            if (!credential.reveal().startsWith("mcpg_")) {
                return new Verification.NotMine();
            }
            return switch (credential.reveal()) {
                case KEY -> new Verification.Verified("key-1", new ProfileId("reader"), Optional.empty());
                case BOSS_KEY -> new Verification.Verified("key-2", new ProfileId("boss"), Optional.empty());
                case TIGHT_KEY -> new Verification.Verified("key-3", new ProfileId("tight"), Optional.empty());
                case LOCAL_KEY -> new Verification.Verified("key-4", new ProfileId("local"), Optional.empty());
                case SINGLE_KEY -> new Verification.Verified("key-5", new ProfileId("single"), Optional.empty());
                default -> new Verification.Rejected("key-0", "key-unknown");
            };
        };
    }
}
