package io.mcpguard.profile;

import io.mcpguard.audit.ValueRule;
import io.mcpguard.limit.Limit;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One named scope of access that belongs to one client.
 *
 * <p>Immutable. A profile as built without grants allows nothing.
 *
 * @since 0.1
 */
public final class Profile {

    private final ProfileId id;
    private final Client client;
    private final String description;
    private final String version;
    private final State state;
    private final @Nullable Instant validFrom;
    private final @Nullable Instant validUntil;
    private final List<Grant> grants;
    private final List<Limit> limits;
    private final List<AddressRange> networks;
    private final @Nullable String principalName;
    private final Set<String> roles;
    private final Binding binding;
    private final @Nullable ToolMode tools;
    private final List<ValueRule> values;
    private final String owner;
    private final List<DenyRule> denials;
    private final List<TimeWindow> times;
    private final boolean trial;

    private Profile(Builder builder) {
        this.id = builder.id;
        this.client = builder.client;
        this.description = builder.description;
        this.version = builder.version;
        this.state = builder.state;
        this.validFrom = builder.validFrom;
        this.validUntil = builder.validUntil;
        this.grants = builder.grants;
        this.limits = builder.limits;
        this.networks = builder.networks;
        this.principalName = builder.principalName;
        this.roles = builder.roles;
        this.binding = builder.binding;
        this.tools = builder.tools;
        this.values = builder.values;
        this.owner = builder.owner;
        this.denials = builder.denials;
        this.times = builder.times;
        this.trial = builder.trial;
    }

    /**
     * Starts a profile that allows nothing.
     *
     * @param id the profile's id
     * @param client the client it belongs to
     * @return a builder
     */
    public static Builder builder(ProfileId id, Client client) {
        return new Builder(id, client);
    }

    /**
     * Returns the id.
     *
     * @return the profile's id
     */
    public ProfileId id() {
        return id;
    }

    /**
     * Returns the owner.
     *
     * @return the client this profile belongs to
     */
    public Client client() {
        return client;
    }

    /**
     * Returns what the profile is for.
     *
     * @return a sentence for people, possibly empty
     */
    public String description() {
        return description;
    }

    /**
     * Returns a text that changes with every change of the profile, for the audit trail.
     *
     * @return such as a digest or a revision number
     */
    public String version() {
        return version;
    }

    /**
     * Returns whether the profile may be used.
     *
     * @return the state of the profile itself; the client has one of its own
     */
    public State state() {
        return state;
    }

    /**
     * Returns when the profile starts to be valid.
     *
     * @return the first instant, or empty when it always was
     */
    public Optional<Instant> validFrom() {
        return Optional.ofNullable(validFrom);
    }

    /**
     * Returns when the profile stops being valid.
     *
     * @return the first instant at which it is no longer valid, or empty when it has no end
     */
    public Optional<Instant> validUntil() {
        return Optional.ofNullable(validUntil);
    }

    /**
     * Returns what is open.
     *
     * @return the grants; an empty list opens nothing
     */
    public List<Grant> grants() {
        return grants;
    }

    /**
     * Returns the limits of the profile.
     *
     * @return every one of which must admit a call
     */
    public List<Limit> limits() {
        return limits;
    }

    /**
     * Returns where calls may come from.
     *
     * @return address ranges; an empty list places no restriction, because the credential alone then decides
     */
    public List<AddressRange> networks() {
        return networks;
    }

    /**
     * Returns the name under which the service sees calls made with a guard-issued key.
     *
     * @return the principal's name, or empty when the client's id stands in for it, without any role
     */
    public Optional<String> principalName() {
        return Optional.ofNullable(principalName);
    }

    /**
     * Returns the roles that the service sees on calls made with a guard-issued key.
     *
     * @return the roles as the service spells them
     */
    public Set<String> roles() {
        return roles;
    }

    /**
     * Returns which callers with a credential of the service's own may use the profile.
     *
     * @return the binding
     */
    public Binding binding() {
        return binding;
    }

    /**
     * Returns how operations are shown to an AI client that uses the profile.
     *
     * @return the mode, or empty when the service's own choice holds
     */
    public Optional<ToolMode> tools() {
        return Optional.ofNullable(tools);
    }

    /**
     * Returns what the audit trail keeps less of than the service would have it keep.
     *
     * @return rules that can make what is kept of a value stricter, never more open
     */
    public List<ValueRule> values() {
        return values;
    }

    /**
     * Returns who answers for the profile.
     *
     * @return a name or address for people, possibly empty
     */
    public String owner() {
        return owner;
    }

    /**
     * Returns what is closed, whatever the grants say.
     *
     * @return the rules, each of which closes what it fits
     */
    public List<DenyRule> denials() {
        return denials;
    }

    /**
     * Returns when the profile may be used.
     *
     * @return windows of time, one of which must contain the moment of a call; an empty list places no restriction
     */
    public List<TimeWindow> times() {
        return times;
    }

    /**
     * Says whether all rules of the profile are on trial: they refuse nothing, and the record of a call says which would have.
     * Grants, networks, validity, states and limits hold all the same.
     *
     * @return whether its rules only watch
     */
    public boolean trial() {
        return trial;
    }

    /** Names the profile and its version. */
    @Override
    public String toString() {
        return "Profile[" + id + " of " + client.id() + ", version " + version + "]";
    }

    /**
     * Collects the parts of a profile.
     *
     * @since 0.1
     */
    public static final class Builder {

        private final ProfileId id;
        private final Client client;
        private String description = "";
        private String version = "1";
        private State state = State.ENABLED;
        private @Nullable Instant validFrom;
        private @Nullable Instant validUntil;
        private List<Grant> grants = List.of();
        private List<Limit> limits = List.of();
        private List<AddressRange> networks = List.of();
        private @Nullable String principalName;
        private Set<String> roles = Set.of();
        private Binding binding = Binding.nobody();
        private @Nullable ToolMode tools;
        private List<ValueRule> values = List.of();
        private String owner = "";
        private List<DenyRule> denials = List.of();
        private List<TimeWindow> times = List.of();
        private boolean trial;

        private Builder(ProfileId id, Client client) {
            this.id = Objects.requireNonNull(id, "id");
            this.client = Objects.requireNonNull(client, "client");
        }

        /**
         * Sets what the profile is for.
         *
         * @param description a sentence for people
         * @return this builder
         */
        public Builder description(String description) {
            this.description = Objects.requireNonNull(description, "description");
            return this;
        }

        /**
         * Sets the version.
         *
         * @param version a text that changes with every change
         * @return this builder
         */
        public Builder version(String version) {
            this.version = Objects.requireNonNull(version, "version");
            return this;
        }

        /**
         * Sets the state.
         *
         * @param state whether the profile may be used
         * @return this builder
         */
        public Builder state(State state) {
            this.state = Objects.requireNonNull(state, "state");
            return this;
        }

        /**
         * Sets the time of validity.
         *
         * @param from first valid instant, or null
         * @param until first instant that is no longer valid, or null
         * @return this builder
         */
        public Builder valid(@Nullable Instant from, @Nullable Instant until) {
            this.validFrom = from;
            this.validUntil = until;
            return this;
        }

        /**
         * Sets what is open.
         *
         * @param grants the grants
         * @return this builder
         */
        public Builder grants(List<Grant> grants) {
            this.grants = List.copyOf(grants);
            return this;
        }

        /**
         * Sets the limits.
         *
         * @param limits the limits
         * @return this builder
         */
        public Builder limits(List<Limit> limits) {
            this.limits = List.copyOf(limits);
            return this;
        }

        /**
         * Sets where calls may come from.
         *
         * @param networks address ranges
         * @return this builder
         */
        public Builder networks(List<AddressRange> networks) {
            this.networks = List.copyOf(networks);
            return this;
        }

        /**
         * Sets the principal of guard-issued keys.
         *
         * @param name the name the service sees, or null
         * @param roles the roles the service sees
         * @return this builder
         */
        public Builder principal(@Nullable String name, Set<String> roles) {
            this.principalName = name;
            this.roles = Set.copyOf(roles);
            return this;
        }

        /**
         * Sets which callers with a credential of the service's own may use the profile.
         *
         * @param binding the binding
         * @return this builder
         */
        public Builder binding(Binding binding) {
            this.binding = Objects.requireNonNull(binding, "binding");
            return this;
        }

        /**
         * Sets how operations are shown to an AI client.
         *
         * @param tools the mode, or null for the service's own choice
         * @return this builder
         */
        public Builder tools(@Nullable ToolMode tools) {
            this.tools = tools;
            return this;
        }

        /**
         * Sets what the audit trail keeps less of.
         *
         * @param values rules without {@link ValueRule.Keep#CLEAR} and without correlation: to open a value is for the service
         * @return this builder
         */
        public Builder values(List<ValueRule> values) {
            this.values = List.copyOf(values);
            return this;
        }

        /**
         * Sets who answers for the profile.
         *
         * @param owner a name or address for people
         * @return this builder
         */
        public Builder owner(String owner) {
            this.owner = Objects.requireNonNull(owner, "owner");
            return this;
        }

        /**
         * Sets what is closed, whatever the grants say.
         *
         * @param denials the rules
         * @return this builder
         */
        public Builder denials(List<DenyRule> denials) {
            this.denials = List.copyOf(denials);
            return this;
        }

        /**
         * Sets when the profile may be used.
         *
         * @param times windows of time; none places no restriction
         * @return this builder
         */
        public Builder times(List<TimeWindow> times) {
            this.times = List.copyOf(times);
            return this;
        }

        /**
         * Sets whether the rules of the profile only watch.
         *
         * @param trial whether they refuse nothing
         * @return this builder
         */
        public Builder trial(boolean trial) {
            this.trial = trial;
            return this;
        }

        /**
         * Makes the profile.
         *
         * @return the profile
         * @throws IllegalArgumentException when it ends before it starts, has roles without a principal, two limits of
         *     one name or two rules of one name, or would open a value to the audit trail
         */
        public Profile build() {
            if (validFrom != null && validUntil != null && !validFrom.isBefore(validUntil)) {
                throw new IllegalArgumentException("profile " + id + " ends before it starts");
            }
            if (principalName == null && !roles.isEmpty()) {
                throw new IllegalArgumentException("profile " + id + " has roles but no principal to carry them");
            }
            if (limits.stream().map(Limit::name).distinct().count() != limits.size()) {
                throw new IllegalArgumentException("profile " + id + " has two limits of one name");
            }
            if (denials.stream().map(DenyRule::name).distinct().count() != denials.size()) {
                throw new IllegalArgumentException("profile " + id + " has two rules of one name");
            }
            for (ValueRule rule : values) {
                if (rule.keep() == ValueRule.Keep.CLEAR || rule.correlate().isPresent()) {
                    throw new IllegalArgumentException("profile " + id + " would open " + rule.pointer()
                            + " to the audit trail, which only the service may");
                }
            }
            return new Profile(this);
        }
    }
}
