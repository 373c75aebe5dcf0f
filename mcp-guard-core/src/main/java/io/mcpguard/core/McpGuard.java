package io.mcpguard.core;

import io.mcpguard.catalog.OperationSource;
import io.mcpguard.catalog.Product;
import io.mcpguard.catalog.ProductOperations;
import io.mcpguard.core.audit.AuditTrail;
import io.mcpguard.core.audit.Uuid7;
import io.mcpguard.core.catalog.Catalog;
import io.mcpguard.core.catalog.PublishedOperation;
import io.mcpguard.core.credential.MemoryKeySource;
import io.mcpguard.core.door.Frontage;
import io.mcpguard.core.feature.Features;
import io.mcpguard.core.guard.DenialRecords;
import io.mcpguard.core.guard.Guard;
import io.mcpguard.core.guard.GuardSettings;
import io.mcpguard.core.guard.UnrecordedCalls;
import io.mcpguard.core.json.JacksonFit;
import io.mcpguard.core.limit.WindowLimiter;
import io.mcpguard.core.mask.ArgumentMask;
import io.mcpguard.core.mask.CallArguments;
import io.mcpguard.core.mask.ValuePolicy;
import io.mcpguard.core.profile.ProfileWarnings;
import io.mcpguard.core.profile.UnmatchedGrants;
import io.mcpguard.core.protocol.EndpointParts;
import io.mcpguard.core.protocol.EndpointSettings;
import io.mcpguard.core.protocol.McpEndpoint;
import io.mcpguard.core.protocol.OriginPolicy;
import io.mcpguard.core.resource.Challenges;
import io.mcpguard.core.resource.ProtectedResource;
import io.mcpguard.core.seal.Seal;
import io.mcpguard.core.tool.ToolSettings;
import io.mcpguard.core.tool.Tools;
import io.mcpguard.credential.KeySource;
import io.mcpguard.decision.DecisionRule;
import io.mcpguard.error.ConfigurationException;
import io.mcpguard.feature.FeatureSource;
import io.mcpguard.invocation.OperationInvoker;
import io.mcpguard.limit.Limiter;
import io.mcpguard.profile.ProfileStore;
import io.mcpguard.verification.CredentialVerifier;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One guard of one service, put together: its catalog, its profiles, its trail and the {@link Guard} over them.
 *
 * <p>There are no statics: a service can hold two guards. Mounts take an instance and open the doors.
 *
 * @since 0.1
 */
public final class McpGuard implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(McpGuard.class);

    private final String serviceName;
    private final Catalog catalog;
    private final ProfileStore profiles;
    private final AuditTrail trail;
    private final ArgumentMask mask;
    private final Seal seal;
    private final Guard guard;
    private final Uuid7 ids;
    private final InstantSource clock;
    private final Features features;
    private final GuardThreads threads;
    private final Frontage frontage;
    private final Optional<ProtectedResource> resource;
    private final List<McpEndpoint> endpoints = new CopyOnWriteArrayList<>();

    private McpGuard(Builder builder, Catalog catalog, Features features) {
        this.serviceName = builder.serviceName;
        this.catalog = catalog;
        this.profiles = builder.profiles;
        this.trail = builder.trail;
        this.clock = builder.clock;
        SecureRandom random = new SecureRandom();
        this.ids = new Uuid7(builder.clock, random);
        this.mask = builder.mask == null ? ArgumentMask.of(builder.keys, random, ValuePolicy.STANDARD) : builder.mask;
        this.seal = new Seal(builder.keys, builder.clock, random);
        this.features = features;
        this.frontage = builder.frontage;
        this.resource = builder.resource;
        this.threads = new GuardThreads(builder.handlerThreads);
        Limiter limiter = builder.limiter == null
                ? WindowLimiter.builder(System::nanoTime).build()
                : builder.limiter;
        this.guard = new Guard(
                catalog,
                profiles,
                List.copyOf(builder.verifiers),
                List.copyOf(builder.rules),
                limiter,
                trail,
                ids::next,
                clock,
                builder.settings,
                builder.unrecorded,
                builder.denials,
                new Challenges(builder.resource));
        var unused = threads.ticker()
                .scheduleWithFixedDelay(() -> threads.outcomes().execute(guard::settle), 1, 1, TimeUnit.SECONDS);
    }

    /**
     * Starts a guard.
     *
     * @param serviceName name of the service, for records and clients
     * @param profiles where profiles are looked up
     * @param trail where every call is recorded
     * @return a builder
     * @throws ConfigurationException when the class path has no Jackson that works
     */
    public static Builder builder(String serviceName, ProfileStore profiles, AuditTrail trail) {
        JacksonFit.check();
        return new Builder(serviceName, profiles, trail);
    }

    /**
     * Returns the name of the service.
     *
     * @return the name
     */
    public String serviceName() {
        return serviceName;
    }

    /**
     * Returns what the service publishes.
     *
     * @return the catalog
     */
    public Catalog catalog() {
        return catalog;
    }

    /**
     * Returns what the service offers beside its operations.
     *
     * @return the features; told of changes here
     */
    public Features features() {
        return features;
    }

    /**
     * Returns where profiles are looked up.
     *
     * @return the store
     */
    public ProfileStore profiles() {
        return profiles;
    }

    /**
     * Returns where every call is recorded.
     *
     * @return the trail
     */
    public AuditTrail trail() {
        return trail;
    }

    /**
     * Returns the guard itself.
     *
     * @return the guard that every door goes through
     */
    public Guard guard() {
        return guard;
    }

    /**
     * Returns what decides how much of the arguments is kept in the trail.
     *
     * @return the mask, the same for both doors
     */
    public ArgumentMask mask() {
        return mask;
    }

    /**
     * Returns what protects the values that clients hand back.
     *
     * @return the seal of cursors, request states and legacy sessions
     */
    public Seal seal() {
        return seal;
    }

    /**
     * Returns what stands in front of the service.
     *
     * @return the frontage, by which mounts read how callers present themselves
     */
    public Frontage frontage() {
        return frontage;
    }

    /**
     * Returns what clients are told that have no token yet.
     *
     * @return the resource, whose document mounts answer with; empty for a service that has keys only
     */
    public Optional<ProtectedResource> resource() {
        return resource;
    }

    /**
     * Makes the MCP endpoint of this guard. A mount calls it once.
     *
     * @param invoker sends calls through the service's own stack
     * @param origins where requests may come from
     * @param settings what the endpoint says of itself and how much it takes
     * @param tools bounds of one call
     * @return the endpoint
     */
    public McpEndpoint endpoint(
            OperationInvoker invoker, OriginPolicy origins, EndpointSettings settings, ToolSettings tools) {
        Tools made = new Tools(
                guard,
                catalog,
                invoker,
                (operation, caller, arguments) -> mask.mask(
                        operation,
                        CallArguments.ofTool(arguments),
                        caller.profile().values()),
                tools,
                seal);
        features.reserve(made::isKnown);
        McpEndpoint endpoint = new McpEndpoint(
                new EndpointParts(
                        guard,
                        made,
                        features,
                        mask,
                        seal,
                        threads.handlers(),
                        threads.outcomes(),
                        threads.ticker(),
                        tools.timeout(),
                        clock),
                origins,
                settings);
        endpoints.add(endpoint);
        return endpoint;
    }

    /**
     * Ends the streams of listening clients, each with its result. Called before the service waits for requests that are still
     * open, of which these are some; calls go on.
     */
    public void endStreams() {
        endpoints.forEach(McpEndpoint::close);
    }

    /**
     * Ends the streams of listening clients and lets the outcomes that are being recorded finish. The trail belongs to whoever
     * opened it and stays open.
     */
    @Override
    public void close() {
        endStreams();
        threads.close();
        guard.settle();
    }

    /**
     * Returns the source of ids for records.
     *
     * @return ids that sort by time
     */
    public Supplier<UUID> ids() {
        return ids::next;
    }

    /**
     * Returns the time.
     *
     * @return the clock that every part of this guard reads
     */
    public InstantSource clock() {
        return clock;
    }

    /**
     * Collects the parts of a guard.
     *
     * @since 0.1
     */
    public static final class Builder {

        private final String serviceName;
        private final ProfileStore profiles;
        private final AuditTrail trail;
        private final List<OperationSource> sources = new ArrayList<>();
        private final List<FeatureSource> features = new ArrayList<>();
        private final List<CredentialVerifier> verifiers = new ArrayList<>();
        private final List<DecisionRule> rules = new ArrayList<>();
        private @Nullable Limiter limiter;
        private @Nullable ArgumentMask mask;
        private KeySource keys = new MemoryKeySource();
        private GuardSettings settings = GuardSettings.standard();
        private UnrecordedCalls unrecorded = UnrecordedCalls.refused();
        private DenialRecords denials = DenialRecords.EACH;
        private InstantSource clock = InstantSource.system();
        private int handlerThreads = 64;
        private boolean hostAuthenticates;
        private Frontage frontage = Frontage.none();
        private Optional<ProtectedResource> resource = Optional.empty();

        private Builder(String serviceName, ProfileStore profiles, AuditTrail trail) {
            this.serviceName = Objects.requireNonNull(serviceName, "serviceName");
            this.profiles = Objects.requireNonNull(profiles, "profiles");
            this.trail = Objects.requireNonNull(trail, "trail");
        }

        /**
         * Adds operations.
         *
         * @param source says what the service publishes
         * @return this builder
         */
        public Builder operations(OperationSource source) {
            sources.add(Objects.requireNonNull(source, "source"));
            return this;
        }

        /**
         * Adds tools, prompts and resources of the service's own.
         *
         * @param source says what they are
         * @return this builder
         */
        public Builder features(FeatureSource source) {
            features.add(Objects.requireNonNull(source, "source"));
            return this;
        }

        /**
         * Sets how many handlers of such features may run at once. One more is refused, since it would wait for an unknown time.
         *
         * @param threads the bound, 64 unless set
         * @return this builder
         */
        public Builder handlerThreads(int threads) {
            if (threads < 1) {
                throw new IllegalArgumentException("at least one handler must be able to run");
            }
            this.handlerThreads = threads;
            return this;
        }

        /**
         * Adds a verifier of credentials that the guard is to judge, asked after those already added.
         *
         * @param verifier the verifier
         * @return this builder
         */
        public Builder verifier(CredentialVerifier verifier) {
            verifiers.add(Objects.requireNonNull(verifier, "verifier"));
            return this;
        }

        /**
         * Says that the service's own security authenticates callers, so that a guard without verifiers has an authenticator.
         *
         * @param authenticates whether it does
         * @return this builder
         */
        public Builder hostAuthenticates(boolean authenticates) {
            this.hostAuthenticates = authenticates;
            return this;
        }

        /**
         * Adds a rule on top of the grants.
         *
         * @param rule the rule
         * @return this builder
         */
        public Builder rule(DecisionRule rule) {
            rules.add(Objects.requireNonNull(rule, "rule"));
            return this;
        }

        /**
         * Sets the limiter, where the one of this process is not wanted.
         *
         * @param limiter the limiter
         * @return this builder
         */
        public Builder limiter(Limiter limiter) {
            this.limiter = Objects.requireNonNull(limiter, "limiter");
            return this;
        }

        /**
         * Sets what is kept of arguments. Without it everything is masked, with the key for it among {@link #keys}.
         *
         * @param mask the mask
         * @return this builder
         */
        public Builder mask(ArgumentMask mask) {
            this.mask = Objects.requireNonNull(mask, "mask");
            return this;
        }

        /**
         * Sets where the guard's own secret keys are: those that protect what clients hand back, and that mask arguments unless
         * a {@link #mask} is set. Without it both use keys that this process forgets.
         *
         * @param keys the keys
         * @return this builder
         */
        public Builder keys(KeySource keys) {
            this.keys = Objects.requireNonNull(keys, "keys");
            return this;
        }

        /**
         * Sets the limits that hold whatever the profiles say.
         *
         * @param settings the limits
         * @return this builder
         */
        public Builder settings(GuardSettings settings) {
            this.settings = Objects.requireNonNull(settings, "settings");
            return this;
        }

        /**
         * Sets what becomes of calls while the trail cannot be written.
         *
         * @param unrecorded which of them are made without a record; none unless set
         * @return this builder
         */
        public Builder unrecorded(UnrecordedCalls unrecorded) {
            this.unrecorded = Objects.requireNonNull(unrecorded, "unrecorded");
            return this;
        }

        /**
         * Sets what stands in front of the service, for credentials that are bound to their sender.
         *
         * @param frontage the address that clients know, and the proxies; nothing unless set
         * @return this builder
         */
        public Builder frontage(Frontage frontage) {
            this.frontage = Objects.requireNonNull(frontage, "frontage");
            return this;
        }

        /**
         * Sets how many records refusals get.
         *
         * @param denials one each, unless set
         * @return this builder
         */
        public Builder denials(DenialRecords denials) {
            this.denials = Objects.requireNonNull(denials, "denials");
            return this;
        }

        /**
         * Tells clients that have no token where to get one.
         *
         * @param resource the MCP endpoint as a protected resource
         * @return this builder
         */
        public Builder resource(ProtectedResource resource) {
            this.resource = Optional.of(resource);
            return this;
        }

        /**
         * Sets the clock.
         *
         * @param clock the time
         * @return this builder
         */
        public Builder clock(InstantSource clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return this;
        }

        /**
         * Puts the guard together.
         *
         * @return the guard
         * @throws ConfigurationException when nobody could ever be authenticated, or what is published contradicts itself
         */
        public McpGuard build() {
            if (verifiers.isEmpty() && !hostAuthenticates) {
                throw new ConfigurationException(
                        "The guard of " + serviceName,
                        "nobody could be authenticated; set up API keys (mcp-guard init) or the service's own"
                                + " security");
            }
            List<ProductOperations> published = sources.stream()
                    .flatMap(source -> source.published().stream())
                    .toList();
            Catalog catalog = Catalog.of(published);
            Features own = Features.of(features);
            warnOfGrantsThatOpenNothing(catalog, own);
            ProfileWarnings.onTrial(profiles.all())
                    .forEach(warning -> LOG.warn("The guard of {}: {}", serviceName, warning));
            McpGuard made = new McpGuard(this, catalog, own);
            new UnmatchedRules(catalog, own)
                    .in(made.mask.policy(), profiles.all())
                    .forEach(warning -> LOG.warn("The guard of {}: {}", serviceName, warning));
            return made;
        }

        /** An operation may be taken away, and the service must start all the same. */
        private void warnOfGrantsThatOpenNothing(Catalog catalog, Features own) {
            Set<String> products = Stream.concat(catalog.products().stream(), own.products().stream())
                    .map(Product::id)
                    .collect(Collectors.toSet());
            Set<String> operations = Stream.concat(catalog.operations().stream(), own.published().stream())
                    .map(PublishedOperation::id)
                    .collect(Collectors.toSet());
            UnmatchedGrants.unknownTo(profiles.all(), products, operations)
                    .forEach(warning -> LOG.warn("The guard of {}: {}", serviceName, warning));
        }
    }
}
