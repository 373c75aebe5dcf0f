package io.mcpguard.oauth;

import io.mcpguard.error.ConfigurationException;
import io.mcpguard.verification.ReplayStore;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which tokens are meant for this service, and what is read from them, however they are checked.
 *
 * @since 0.1
 */
public final class TokenPolicy {

    private final URI issuer;
    private final Set<String> audiences;
    private final Set<String> requiredClaims;
    private final ClaimMapping claims;
    private final Duration skew;
    private final boolean bindingRequired;
    private final Duration proofAge;
    private final ReplayStore replays;
    private final InstantSource clock;

    private TokenPolicy(Builder builder) {
        this.issuer = builder.issuer;
        this.audiences = builder.audiences;
        this.requiredClaims = builder.requiredClaims;
        this.claims = builder.claims;
        this.skew = builder.skew;
        this.bindingRequired = builder.bindingRequired;
        this.proofAge = builder.proofAge;
        this.clock = builder.clock;
        this.replays = builder.replays == null ? ReplayStore.inMemory(100_000, clock) : builder.replays;
    }

    /**
     * Starts a policy.
     *
     * @param issuer the authorization server, spelled as in its tokens; https, unless it is on this machine
     * @param audiences what a token may name as its audience, such as the address of the MCP endpoint; one of them must be there
     * @return a builder with a skew of 30 seconds, proofs of 60 seconds, and a replay store of this process
     */
    public static Builder builder(URI issuer, Set<String> audiences) {
        return new Builder(issuer, audiences);
    }

    URI issuer() {
        return issuer;
    }

    Set<String> audiences() {
        return audiences;
    }

    Set<String> requiredClaims() {
        return requiredClaims;
    }

    ClaimMapping claims() {
        return claims;
    }

    Duration skew() {
        return skew;
    }

    boolean bindingRequired() {
        return bindingRequired;
    }

    Duration proofAge() {
        return proofAge;
    }

    ReplayStore replays() {
        return replays;
    }

    InstantSource clock() {
        return clock;
    }

    /**
     * Collects what a policy says.
     *
     * @since 0.1
     */
    public static final class Builder {

        private final URI issuer;
        private final Set<String> audiences;
        private Set<String> requiredClaims = Set.of("iat", "jti");
        private ClaimMapping claims = ClaimMapping.standard();
        private Duration skew = Duration.ofSeconds(30);
        private boolean bindingRequired;
        private Duration proofAge = Duration.ofSeconds(60);
        private @Nullable ReplayStore replays;
        private InstantSource clock = InstantSource.system();

        private Builder(URI issuer, Set<String> audiences) {
            this.issuer = Objects.requireNonNull(issuer, "issuer");
            this.audiences = Set.copyOf(audiences);
        }

        /**
         * Sets what is read from the claims.
         *
         * @param mapping the mapping
         * @return this builder
         */
        public Builder claims(ClaimMapping mapping) {
            this.claims = Objects.requireNonNull(mapping, "mapping");
            return this;
        }

        /**
         * Sets which claims a signed token must have, beside issuer, audience, expiry, subject and client, which no token is
         * accepted without.
         *
         * @param names names of claims, {@code iat} and {@code jti} unless set
         * @return this builder
         */
        public Builder requiredClaims(Set<String> names) {
            this.requiredClaims = Set.copyOf(names);
            return this;
        }

        /**
         * Sets how far the clocks of this service and of others may be apart.
         *
         * @param allowed 0 to 5 minutes
         * @return this builder
         */
        public Builder skew(Duration allowed) {
            this.skew = Objects.requireNonNull(allowed, "allowed");
            return this;
        }

        /**
         * Says that only tokens are accepted that are bound to a key or a certificate of their sender, so that a stolen one is of
         * no use.
         *
         * @param required whether tokens must be bound
         * @return this builder
         */
        public Builder bindingRequired(boolean required) {
            this.bindingRequired = required;
            return this;
        }

        /**
         * Sets how old a DPoP proof may be.
         *
         * @param age up to 5 minutes
         * @return this builder
         */
        public Builder proofAge(Duration age) {
            this.proofAge = Objects.requireNonNull(age, "age");
            return this;
        }

        /**
         * Sets where used proofs are remembered. A service of several nodes needs a store that they share.
         *
         * @param store the store
         * @return this builder
         */
        public Builder replays(ReplayStore store) {
            this.replays = Objects.requireNonNull(store, "store");
            return this;
        }

        /**
         * Sets the clock.
         *
         * @param time the time
         * @return this builder
         */
        public Builder clock(InstantSource time) {
            this.clock = Objects.requireNonNull(time, "time");
            return this;
        }

        /**
         * Makes the policy.
         *
         * @return the policy
         * @throws ConfigurationException naming everything that would let the wrong tokens in
         */
        public TokenPolicy build() {
            List<String> problems = new ArrayList<>();
            Addresses.problem("the issuer", issuer).ifPresent(problems::add);
            if (issuer.getRawQuery() != null) {
                problems.add("the issuer has a query; write it as the authorization server does in its tokens");
            }
            if (audiences.isEmpty() || audiences.stream().anyMatch(String::isBlank)) {
                problems.add(
                        "the audience is not set, so that tokens for any other service would do; set it to the public address"
                                + " of the MCP endpoint, and have the authorization server write it into its tokens");
            }
            Duration most = Duration.ofMinutes(5);
            if (skew.isNegative() || skew.compareTo(most) > 0) {
                problems.add("the skew is " + skew + "; 0 to 5 minutes can be meant");
            }
            if (proofAge.isNegative() || proofAge.isZero() || proofAge.compareTo(most) > 0) {
                problems.add("the age of proofs is " + proofAge + "; up to 5 minutes can be meant");
            }
            if (!problems.isEmpty()) {
                throw new ConfigurationException("The access tokens of " + issuer, problems);
            }
            return new TokenPolicy(this);
        }
    }
}
