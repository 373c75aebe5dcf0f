package io.mcpguard.core.tool;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditSource;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.Channel;
import io.mcpguard.core.catalog.Catalog;
import io.mcpguard.core.catalog.Published;
import io.mcpguard.core.guard.DenialRecords;
import io.mcpguard.core.guard.Guard;
import io.mcpguard.core.guard.GuardSettings;
import io.mcpguard.core.guard.RequestFacts;
import io.mcpguard.core.guard.UnrecordedCalls;
import io.mcpguard.core.json.JsonLimits;
import io.mcpguard.core.json.JsonReading.Document;
import io.mcpguard.core.json.StrictJson;
import io.mcpguard.core.mask.ArgumentMask;
import io.mcpguard.core.mask.CallArguments;
import io.mcpguard.core.mask.ValuePolicy;
import io.mcpguard.core.resource.Challenges;
import io.mcpguard.core.seal.Seal;
import io.mcpguard.credential.Credential;
import io.mcpguard.credential.Principal;
import io.mcpguard.decision.Caller;
import io.mcpguard.decision.DecisionRule;
import io.mcpguard.error.AuditWriteException;
import io.mcpguard.invocation.CallOrigin;
import io.mcpguard.invocation.HttpField;
import io.mcpguard.invocation.OperationCall;
import io.mcpguard.invocation.OperationInvoker;
import io.mcpguard.invocation.OperationResult;
import io.mcpguard.limit.Limit;
import io.mcpguard.limit.Limiter;
import io.mcpguard.limit.Permit;
import io.mcpguard.limit.Reservation;
import io.mcpguard.limit.Reservation.Standing;
import io.mcpguard.profile.Binding;
import io.mcpguard.profile.Client;
import io.mcpguard.profile.ClientId;
import io.mcpguard.profile.Grant;
import io.mcpguard.profile.Profile;
import io.mcpguard.profile.ProfileId;
import io.mcpguard.profile.State;
import io.mcpguard.profile.ToolMode;
import io.mcpguard.testkit.FixedKeySource;
import io.mcpguard.testkit.FixedProfileStore;
import io.mcpguard.testkit.SettableClock;
import io.mcpguard.verification.Verification;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tools over a real guard, a real mask and a trail in memory; only the service behind the invoker is played. The key
 * {@code key:reader} may read orders, {@code key:writer} may also create them; nobody may delete one. The key
 * {@code key:agent} may use features of the service's own and no operation.
 */
public final class OrdersTools {

    public static final CallOrigin ORIGIN =
            new CallOrigin("192.0.2.7", 4711, "http", false, "localhost", 8080, "127.0.0.1", 8080, List.of());

    final SettableClock clock = new SettableClock();
    public final List<AuditEvent> records = new ArrayList<>();
    public final List<OperationCall> calls = new ArrayList<>();
    public final List<DecisionRule> rules = new ArrayList<>();
    final FixedProfileStore profiles = new FixedProfileStore(
            profile("reader", "1", Set.of("*"), Set.of("GET")),
            profile("writer", "1", Set.of("*"), Set.of("GET", "POST")),
            profile("agent", "1", Set.of("*"), Set.of("TOOL", "PROMPT", "RESOURCE")));
    public boolean trailWorks = true;
    public ToolMode mode = ToolMode.FIXED;
    public int permits = Integer.MAX_VALUE;
    public int inFlight;
    public Function<OperationCall, CompletionStage<OperationResult>> service =
            call -> CompletableFuture.completedStage(json(200, "{\"ok\":true}"));

    private final Catalog catalog;
    private final Seal seal = new Seal(FixedKeySource.random(), clock, new SecureRandom());

    public OrdersTools() {
        this(Published.catalog());
    }

    public OrdersTools(Catalog catalog) {
        this.catalog = catalog;
    }

    public static Profile profile(String id, String version, Set<String> operations, Set<String> methods) {
        return Profile.builder(new ProfileId(id), new Client(new ClientId("claude"), "Claude", State.ENABLED))
                .version(version)
                .principal("svc-" + id, Set.of("READER"))
                .binding(new Binding(Set.of("alice-" + id), Set.of()))
                .limits(List.of(
                        new Limit.Rate("calls", 60, Duration.ofMinutes(1)), new Limit.Concurrency("at-once", 4)))
                .grants(List.of(new Grant("orders", operations, methods)))
                .build();
    }

    public static OperationResult json(int status, String body) {
        return new OperationResult(
                status,
                List.of(new HttpField("Content-Type", "application/json")),
                body.getBytes(StandardCharsets.UTF_8),
                false);
    }

    /** Takes a profile away. */
    public void suspend(String profile) {
        profiles.hold(without(profile));
    }

    /** Puts another profile in the place of the one with its id. */
    public void replace(Profile profile) {
        List<Profile> now = without(profile.id().value());
        now.add(profile);
        profiles.hold(now);
    }

    private List<Profile> without(String profile) {
        return profiles.all().stream()
                .filter(one -> !one.id().value().equals(profile))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    public Seal seal() {
        return seal;
    }

    public InstantSource time() {
        return clock;
    }

    public void pass(Duration time) {
        clock.advance(time);
    }

    public Guard guard() {
        Limiter limiter = demands -> {
            if (permits-- <= 0) {
                return new Reservation.Refused(new Standing("calls", 60, 0, Duration.ofMillis(1500)));
            }
            inFlight++;
            Permit permit = () -> inFlight--;
            return new Reservation.Granted(permit, new Standing("calls", 60, 10, Duration.ZERO));
        };
        return new Guard(
                catalog,
                profiles,
                List.of((credential, presentation) -> verify(credential)),
                rules,
                limiter,
                event -> {
                    if (!trailWorks) {
                        throw new AuditWriteException("the test disk is full", null);
                    }
                    records.add(event);
                },
                UUID::randomUUID,
                clock,
                GuardSettings.standard(),
                UnrecordedCalls.refused(),
                DenialRecords.EACH,
                new Challenges(Optional.empty()));
    }

    private static Verification verify(Credential credential) {
        if (!credential.reveal().startsWith("key:")) {
            return new Verification.NotMine();
        }
        return credential.reveal().equals("key:wrong") || !credential.reveal().matches("key:[a-z]{1,20}")
                ? new Verification.Rejected("k0", "key-unknown")
                : new Verification.Verified(
                        "k1", new ProfileId(credential.reveal().substring(4)), Optional.empty());
    }

    public Tools tools() {
        ArgumentMask mask = ArgumentMask.of(FixedKeySource.random(), new SecureRandom(), ValuePolicy.STANDARD);
        OperationInvoker invoker = new OperationInvoker() {
            @Override
            public CompletionStage<OperationResult> invoke(OperationCall call) {
                calls.add(call);
                return service.apply(call);
            }

            @Override
            public String name() {
                return "played";
            }
        };
        return new Tools(
                guard(),
                catalog,
                invoker,
                (operation, caller, arguments) -> mask.mask(operation, CallArguments.ofTool(arguments), List.of()),
                new ToolSettings(Duration.ofSeconds(5), 1 << 16, mode),
                seal);
    }

    public Caller caller(String profile) {
        return new Caller(
                new Principal("svc-" + profile, Set.of("READER"), Principal.Source.GUARD, "k1"),
                profiles.find(new ProfileId(profile)).orElseThrow());
    }

    static RequestFacts facts(String tool, Instant arrival) {
        return new RequestFacts(
                Channel.MCP,
                "tools/call",
                new AuditTarget(tool, "tools/call"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                AuditSource.of("192.0.2.7", 4711),
                arrival);
    }

    public ToolResult call(String profile, String tool, String arguments) {
        return call(caller(profile), tool, arguments).toCompletableFuture().join();
    }

    public CompletionStage<ToolResult> call(Caller caller, String tool, String arguments) {
        return tools().call(new ToolCall(
                tool,
                (ObjectNode) tree(arguments),
                facts(tool, clock.instant()),
                caller,
                ORIGIN,
                Optional.of("Basic YWxpY2U6c2VjcmV0"),
                List.of()));
    }

    public AuditEvent last() {
        return records.get(records.size() - 1);
    }

    public static JsonNode tree(String text) {
        if (new StrictJson(JsonLimits.DEFAULT).read(text) instanceof Document document) {
            return document.root();
        }
        throw new IllegalArgumentException("not JSON: " + text);
    }
}
