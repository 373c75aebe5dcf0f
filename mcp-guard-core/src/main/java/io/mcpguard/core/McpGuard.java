package io.mcpguard.core;

import io.mcpguard.catalog.OperationSource;
import io.mcpguard.catalog.ProductOperations;
import io.mcpguard.core.audit.AuditTrail;
import io.mcpguard.core.audit.Uuid7;
import io.mcpguard.core.catalog.Catalog;
import io.mcpguard.core.guard.Guard;
import io.mcpguard.core.guard.GuardSettings;
import io.mcpguard.core.limit.WindowLimiter;
import io.mcpguard.credential.CredentialVerifier;
import io.mcpguard.decision.DecisionRule;
import io.mcpguard.error.ConfigurationException;
import io.mcpguard.limit.Limiter;
import io.mcpguard.profile.ProfileStore;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One guard of one service, put together: its catalog, its profiles, its trail and the {@link Guard} over them.
 *
 * <p>There are no statics: a service can hold two guards. Mounts take an instance and open the doors.
 *
 * @since 0.1
 */
public final class McpGuard {

    private final String serviceName;
    private final Catalog catalog;
    private final ProfileStore profiles;
    private final AuditTrail trail;
    private final Guard guard;
    private final Uuid7 ids;
    private final InstantSource clock;

    private McpGuard(Builder builder, Catalog catalog) {
        this.serviceName = builder.serviceName;
        this.catalog = catalog;
        this.profiles = builder.profiles;
        this.trail = builder.trail;
        this.clock = builder.clock;
        this.ids = new Uuid7(builder.clock, new SecureRandom());
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
                builder.settings);
    }

    /**
     * Starts a guard.
     *
     * @param serviceName name of the service, for records and clients
     * @param profiles where profiles are looked up
     * @param trail where every call is recorded
     * @return a builder
     */
    public static Builder builder(String serviceName, ProfileStore profiles, AuditTrail trail) {
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
        private final List<CredentialVerifier> verifiers = new ArrayList<>();
        private final List<DecisionRule> rules = new ArrayList<>();
        private @Nullable Limiter limiter;
        private GuardSettings settings = GuardSettings.standard();
        private InstantSource clock = InstantSource.system();
        private boolean hostAuthenticates;

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
         * Adds a verifier of guard-issued credentials, asked after those already added.
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
                        "nobody could be authenticated; set up API keys (mcp-guard init) or the service's own security");
            }
            List<ProductOperations> published = sources.stream()
                    .flatMap(source -> source.published().stream())
                    .toList();
            return new McpGuard(this, Catalog.of(published));
        }
    }
}
