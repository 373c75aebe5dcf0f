package io.mcpguard.benchmarks;

import io.mcpguard.answer.ToolAnswer;
import io.mcpguard.core.McpGuard;
import io.mcpguard.core.audit.AuditLevel;
import io.mcpguard.core.audit.AuditLevels;
import io.mcpguard.core.audit.AuditTrail;
import io.mcpguard.core.audit.Journal;
import io.mcpguard.core.audit.Uuid7;
import io.mcpguard.core.credential.ApiKey;
import io.mcpguard.core.credential.ApiKeyIssuer;
import io.mcpguard.core.credential.ApiKeyVerifier;
import io.mcpguard.core.credential.MemoryApiKeyStore;
import io.mcpguard.core.credential.MemoryKeySource;
import io.mcpguard.core.mask.ArgumentMask;
import io.mcpguard.core.mask.ValuePolicy;
import io.mcpguard.core.profile.MemoryProfileStore;
import io.mcpguard.feature.FeatureCall;
import io.mcpguard.feature.FeatureHandler;
import io.mcpguard.feature.ProductFeatures;
import io.mcpguard.feature.ToolFeature;
import io.mcpguard.limit.Limit;
import io.mcpguard.profile.Client;
import io.mcpguard.profile.ClientId;
import io.mcpguard.profile.Grant;
import io.mcpguard.profile.Profile;
import io.mcpguard.profile.ProfileId;
import io.mcpguard.profile.State;
import io.mcpguard.profile.ToolMode;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A guard as a service has it: one profile with a key, a rate limit and a limit of calls in flight that nobody reaches, a
 * journal in a folder, every argument masked.
 */
final class Guarded implements AutoCloseable {

    /** Name of the tool that says the same as the operation, without a request of its own. */
    static final String TOOL = "echo_tool";

    /** Name of the same tool, run on the thread of the request. */
    static final String IMMEDIATE_TOOL = "echo_immediate";

    private static final ProfileId PROFILE = new ProfileId("bench");

    final McpGuard guard;
    final String key;
    private final AuditTrail trail;

    Guarded(Path folder) {
        this(Journal.builder(
                        folder.resolve("audit"),
                        InstantSource.system(),
                        new Uuid7(InstantSource.system(), new SecureRandom()))
                .levels(AuditLevels.all(AuditLevel.PROCESS))
                .open());
    }

    /** With another trail than a journal, to measure everything but that. */
    Guarded(AuditTrail trail) {
        this.trail = trail;
        InstantSource clock = InstantSource.system();
        SecureRandom random = new SecureRandom();
        MemoryKeySource keys = MemoryKeySource.random(random);
        MemoryProfileStore profiles = new MemoryProfileStore();
        profiles.put(profile());
        MemoryApiKeyStore store = new MemoryApiKeyStore(() -> Set.of(PROFILE));
        key = new ApiKeyIssuer(store, keys, random, clock)
                .issue(PROFILE, ApiKey.Kind.LIVE, Optional.empty(), "")
                .key()
                .reveal();
        guard = McpGuard.builder("bench", profiles, trail)
                .operations(EchoApi::published)
                .features(() -> List.of(
                        new ProductFeatures(EchoApi.published().get(0).product(), List.of(tool(), immediateTool()))))
                .verifier(new ApiKeyVerifier(store, keys, clock, false))
                .keys(keys)
                .mask(ArgumentMask.of(keys, random, ValuePolicy.STANDARD))
                .build();
    }

    private static Profile profile() {
        return Profile.builder(PROFILE, new Client(new ClientId("bench"), "Benchmark", State.ENABLED))
                .grants(List.of(new Grant(EchoApi.PRODUCT, Set.of("*"), Set.of("POST", "TOOL"))))
                .limits(List.of(
                        new Limit.Rate("calls", 1_000_000, Duration.ofSeconds(1)),
                        new Limit.Concurrency("in-flight", 1000)))
                .tools(ToolMode.DIRECT)
                .build();
    }

    private static ToolFeature tool() {
        return described(TOOL).answering(Guarded::echo);
    }

    private static ToolFeature immediateTool() {
        return described(IMMEDIATE_TOOL).handledBy(FeatureHandler.nonBlocking(Guarded::echo));
    }

    private static ToolFeature.Builder described(String name) {
        return ToolFeature.builder(EchoApi.PRODUCT, name, EchoApi.DESCRIPTION).inputSchema(EchoApi.INPUT);
    }

    private static ToolAnswer echo(FeatureCall call) {
        return ToolAnswer.text(EchoApi.answer(String.valueOf(call.arguments().get("message"))));
    }

    @Override
    public void close() {
        guard.close();
        if (trail instanceof Journal journal) {
            journal.close();
        }
    }
}
