package io.mcpguard.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.BadJWSException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.mcpguard.credential.Credential;
import io.mcpguard.credential.CredentialKind;
import io.mcpguard.credential.Presentation;
import io.mcpguard.error.ConfigurationException;
import io.mcpguard.error.StoreUnavailableException;
import io.mcpguard.error.VerifierUnavailableException;
import io.mcpguard.verification.CredentialVerifier;
import io.mcpguard.verification.Verification;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Collectors;

/**
 * Checks access tokens that are signed (RFC 9068, RFC 8725).
 *
 * <p>Keys come from the configured issuer and nowhere else: what a token says of its key ({@code jku}, {@code x5u}, {@code jwk})
 * is ignored but for the key's id. They are kept for some minutes, renewed before that time is over, and used for some hours longer
 * while the issuer does not answer. A key id that is not among them has them fetched anew, and no more often than the least
 * interval, so that a flood of made-up ids reaches nobody.
 *
 * <p>While there are no keys to check with, the check is an exception. A token is never taken back before it expires: keep tokens
 * short, or ask the issuer ({@link IntrospectionVerifier}).
 *
 * @since 0.1
 */
public final class JwtVerifier implements CredentialVerifier, AutoCloseable {

    private static final Set<String> ALGORITHMS =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");

    private final TokenJudge judge;
    private final Set<JWSAlgorithm> algorithms;
    private final Set<String> types;
    private final int maxCharacters;
    private final JWKSource<SecurityContext> keys;
    private final DefaultJWTProcessor<SecurityContext> signatures = new DefaultJWTProcessor<>();

    private JwtVerifier(Builder builder) {
        this.judge = new TokenJudge(builder.policy);
        this.algorithms = builder.algorithms.stream().map(JWSAlgorithm::parse).collect(Collectors.toSet());
        this.types = builder.types.stream()
                .map(type -> type.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        this.maxCharacters = builder.maxCharacters;
        this.keys = keys(builder);
        signatures.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, keys));
        // The type and the claims are judged here, each with a reason of its own for the record.
        signatures.setJWSTypeVerifier((type, context) -> {});
        signatures.setJWTClaimsSetVerifier((claims, context) -> {});
    }

    private static JWKSource<SecurityContext> keys(Builder builder) {
        BoundedHttp http = new BoundedHttp(builder.timeout, builder.maxKeyBytes);
        long life = builder.keysLife.toMillis();
        ExecutorService fetching = Executors.newSingleThreadExecutor(daemon("mcp-guard-jwks"));
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(daemon("mcp-guard-jwks-clock"));
        return JWKSourceBuilder.create(new IssuerKeys(builder.policy.issuer(), builder.keys, http))
                .cache(life, Math.min(15_000, life / 4))
                .refreshAheadCache(Math.min(30_000, life / 4), null, fetching, true, clock, true)
                .rateLimited(builder.leastInterval.toMillis())
                .retrying(true)
                .outageTolerant(builder.outageTolerance.toMillis())
                .build();
    }

    private static ThreadFactory daemon(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /**
     * Starts a verifier.
     *
     * @param policy which tokens are meant for this service
     * @return a builder: RS256, PS256 and ES256, type {@code at+jwt}, keys found by the issuer's metadata and kept for 5 minutes
     */
    public static Builder builder(TokenPolicy policy) {
        return new Builder(policy);
    }

    @Override
    public Verification verify(Credential credential, Presentation presentation) {
        if (TokenForm.of(credential) != TokenForm.JWT) {
            return new Verification.NotMine();
        }
        if (credential.reveal().length() > maxCharacters) {
            return new Verification.Rejected("", "token-too-long");
        }
        try {
            JWTClaimsSet claims = genuine(credential);
            try {
                judge.signed(claims);
                return judge.judge(claims, CredentialKind.JWT, credential, presentation);
            } catch (Unacceptable e) {
                return new Verification.Rejected(TokenJudge.idOf(claims, credential), e.detail());
            }
        } catch (Unacceptable e) {
            return new Verification.Rejected("", e.detail());
        } catch (StoreUnavailableException e) {
            throw new VerifierUnavailableException("a proof could not be looked up: " + e.getMessage(), e);
        }
    }

    /** Proves that the issuer has made the token. Before that nothing in it counts, and after a failure nothing of it is told. */
    private JWTClaimsSet genuine(Credential credential) throws Unacceptable {
        try {
            SignedJWT token = SignedJWT.parse(credential.reveal());
            if (!algorithms.contains(token.getHeader().getAlgorithm())) {
                throw new Unacceptable("algorithm-not-allowed");
            }
            String type = token.getHeader().getType() == null
                    ? ""
                    : token.getHeader().getType().getType().toLowerCase(Locale.ROOT);
            if (!types.contains(type)) {
                throw new Unacceptable("token-type-not-accepted");
            }
            return signatures.process(token, null);
        } catch (ParseException e) {
            throw new Unacceptable("token-malformed");
        } catch (BadJWSException e) {
            throw new Unacceptable("signature-invalid");
        } catch (BadJOSEException | RateLimitReachedException e) {
            throw new Unacceptable("signing-key-unknown");
        } catch (KeySourceException e) {
            throw new VerifierUnavailableException(String.valueOf(e.getMessage()), e);
        } catch (JOSEException e) {
            throw new Unacceptable("signature-invalid");
        }
    }

    /** Stops renewing keys. */
    @Override
    public void close() {
        if (keys instanceof Closeable source) {
            try {
                source.close();
            } catch (IOException e) {
                throw new IllegalStateException("nothing is open that could fail", e);
            }
        }
    }

    /**
     * Collects how tokens are checked.
     *
     * @since 0.1
     */
    public static final class Builder {

        private final TokenPolicy policy;
        private Optional<URI> keys = Optional.empty();
        private Set<String> algorithms = Set.of("RS256", "PS256", "ES256");
        private Set<String> types = Set.of("at+jwt", "application/at+jwt");
        private int maxCharacters = 16_384;
        private int maxKeyBytes = 51_200;
        private Duration timeout = Duration.ofSeconds(2);
        private Duration keysLife = Duration.ofMinutes(5);
        private Duration leastInterval = Duration.ofSeconds(30);
        private Duration outageTolerance = Duration.ofHours(4);

        private Builder(TokenPolicy policy) {
            this.policy = Objects.requireNonNull(policy, "policy");
        }

        /**
         * Sets where the issuer's keys are, for an issuer without metadata.
         *
         * @param address address of a JWK set; https, unless it is on this machine
         * @return this builder
         */
        public Builder keys(URI address) {
            this.keys = Optional.of(address);
            return this;
        }

        /**
         * Sets by which algorithms tokens may be signed. Those with a shared secret, and none at all, cannot be set.
         *
         * @param names names as in RFC 7518
         * @return this builder
         */
        public Builder algorithms(Set<String> names) {
            this.algorithms = Set.copyOf(names);
            return this;
        }

        /**
         * Sets which types of tokens are accepted. An issuer that does not write {@code at+jwt} into the header of its access tokens
         * needs {@code JWT} here; then ID tokens are told by their claims only.
         *
         * @param names values of the header {@code typ}; empty text for none
         * @return this builder
         */
        public Builder types(Set<String> names) {
            this.types = Set.copyOf(names);
            return this;
        }

        /**
         * Sets how long a token may be.
         *
         * @param characters the bound, 16,384 unless set
         * @return this builder
         */
        public Builder maxCharacters(int characters) {
            this.maxCharacters = characters;
            return this;
        }

        /**
         * Sets how large a JWK set may be.
         *
         * @param bytes the bound, 51,200 unless set
         * @return this builder
         */
        public Builder maxKeyBytes(int bytes) {
            this.maxKeyBytes = bytes;
            return this;
        }

        /**
         * Sets how long the issuer may take to answer.
         *
         * @param most the bound, 2 seconds unless set
         * @return this builder
         */
        public Builder timeout(Duration most) {
            this.timeout = Objects.requireNonNull(most, "most");
            return this;
        }

        /**
         * Sets how long keys are kept, and how often they are fetched at most.
         *
         * @param life how long they are used without a look at the issuer, 5 minutes unless set
         * @param leastInterval the least time between two fetches, 30 seconds unless set; shorter than the life
         * @return this builder
         */
        public Builder keysLife(Duration life, Duration leastInterval) {
            this.keysLife = Objects.requireNonNull(life, "life");
            this.leastInterval = Objects.requireNonNull(leastInterval, "leastInterval");
            return this;
        }

        /**
         * Sets how long keys are used beyond that while the issuer does not answer.
         *
         * @param most the bound, 4 hours unless set
         * @return this builder
         */
        public Builder outageTolerance(Duration most) {
            this.outageTolerance = Objects.requireNonNull(most, "most");
            return this;
        }

        /**
         * Makes the verifier. Nothing is fetched yet: a service starts while its authorization server is down.
         *
         * @return the verifier
         * @throws ConfigurationException naming everything that would let the wrong tokens in
         */
        public JwtVerifier build() {
            List<String> problems = new ArrayList<>();
            keys.flatMap(address -> Addresses.problem("the address of the keys", address))
                    .ifPresent(problems::add);
            List<String> refused = algorithms.stream()
                    .filter(name -> !ALGORITHMS.contains(name))
                    .sorted()
                    .toList();
            if (!refused.isEmpty()) {
                problems.add("algorithms " + refused + " cannot be used to check tokens with public keys; choose among "
                        + ALGORITHMS.stream().sorted().toList());
            }
            if (algorithms.isEmpty() || types.isEmpty()) {
                problems.add("no algorithm or no type of tokens is accepted; leave the setting out");
            }
            if (keysLife.compareTo(leastInterval) <= 0 || leastInterval.isNegative() || leastInterval.isZero()) {
                problems.add("keys are kept for " + keysLife + " and fetched every " + leastInterval
                        + " at most; the second must be shorter, and longer than nothing");
            }
            if (!problems.isEmpty()) {
                throw new ConfigurationException("The access tokens of " + policy.issuer(), problems);
            }
            return new JwtVerifier(this);
        }
    }
}
